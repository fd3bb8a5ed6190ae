import Processes
import Testing

@testable import KernelGuest

/// The watch over a guest, with a script that stands for it.
@Suite("watching a guest")
struct GuestWatchTests {
    /// Follows a script, and asks its command to stop after a while.
    private static func follow(
        _ script: String, stopAfter patience: Duration = .seconds(60), _ change: (inout GuestLimits) -> Void = { _ in }
    ) async throws -> Int32 {
        var limits = GuestLimits(total: .seconds(30))
        change(&limits)
        return try await ProcessRunner.converse(
            Command(executable: "sh", arguments: ["-c", script]), deadline: limits.total
        ) { [limits] conversation in
            let watch = GuestWatch(conversation: conversation, limits: limits, stream: GuestStream(token: "T"))
            return try await watch.follow(
                stop: { (try? await Task.sleep(for: patience)) != nil }, line: { _ in }
            )
        }
    }

    private static let alive = "while :; do echo T alive; sleep 0.02; done"

    @Test("a guest is told to start, then to stop, and the code of its command is the answer")
    func stops() async throws {
        let script = "read a; echo T started; read b; [ \"$a $b\" = 'start stop' ] && echo T exit 7; sleep 20"
        #expect(try await Self.follow(script, stopAfter: .milliseconds(200)) == 7)
    }

    @Test("a guest that is asked to stop before it has started is ended at once")
    func early() async throws {
        let error = await #expect(throws: GuestError.self) {
            try await Self.follow("sleep 20", stopAfter: .milliseconds(20))
        }
        #expect(error?.code == .cancelled)
    }

    @Test("a guest that ends before its command did is told as such")
    func ends() async throws {
        let error = await #expect(throws: GuestError.self) { try await Self.follow("read a; echo T started") }
        #expect(error?.code == .ended)
    }

    @Test("a command that does not end after it was asked to is a guest that took too long")
    func goesOn() async throws {
        let error = await #expect(throws: GuestError.self) {
            try await Self.follow("read a; echo T started; \(Self.alive)", stopAfter: .milliseconds(200)) {
                $0.stop = .milliseconds(100)
                $0.total = .seconds(5)
            }
        }
        #expect(error?.code == .timedOut && error?.cause.hasPrefix("its command did not end within") == true)
    }

    @Test("a guest that does not come up, and one that falls silent, are told apart")
    func silent() async throws {
        let limits: (inout GuestLimits) -> Void = {
            $0.boot = .milliseconds(300)
            $0.silence = .milliseconds(200)
        }
        let cases = [
            ("sleep 20", "it did not come up"), ("read a; echo T started; sleep 20", "it gave no sign of life"),
        ]
        for (script, words) in cases {
            let error = await #expect(throws: GuestError.self) { try await Self.follow(script, limits) }
            #expect(error?.code == .timedOut && error?.cause.hasPrefix(words) == true)
        }
    }
}
