import Statistics
import Testing

@testable import KernelGuest

@Suite("the data port of a guest")
struct GuestStreamTests {
    @Test("lines of the command and of init are told apart")
    func lines() {
        #expect(Self.take(["T started", "one", "T alive", "two"]) == [.started, .line("one"), .alive, .line("two")])
    }

    @Test("the empty line before the last word is init's, others are the command's")
    func empty() {
        #expect(Self.take(["one", "", "T exit 3"]) == [.line("one"), .exited(3)])
        #expect(Self.take(["", "one", "", "", "T exit 0"]) == [.line(""), .line("one"), .line(""), .exited(0)])
    }

    @Test("a word that only looks like init's is the command's")
    func others() {
        #expect(
            Self.take(["T", "T exit", "T exit x", "Tx exit 1"]).allSatisfy { event in
                if case .line = event { true } else { false }
            })
    }

    @Test("whatever a command writes comes out as it went in", arguments: 1...30)
    func property(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let written = (0..<Int.random(in: 0...20, using: &random)).map { _ in
            ["", "", "x", "{\"a\":1}", "exit 0"].randomElement(using: &random) ?? ""
        }
        let events = Self.take(["T started"] + written + ["", "T exit 7"])
        #expect(events == [.started] + written.map { .line($0) } + [.exited(7)])
    }

    private static func take(_ lines: [String]) -> [GuestStream.Event] {
        var stream = GuestStream(token: "T")
        return lines.flatMap { stream.take($0) }
    }
}
