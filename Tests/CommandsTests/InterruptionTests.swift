import Synchronization
import Testing

@testable import Commands

@Suite("Waiting for a signal")
struct InterruptionTests {
    @Test("a wait that was cancelled does not use the signal up: the next one still hears it")
    func afterCancellation() async {
        let interruption = Interruption()
        for _ in 1...3 {
            let nothing = await withTaskGroup(of: String?.self) { group in
                group.addTask { await interruption.wait() }
                group.cancelAll()
                return await group.next() ?? nil
            }
            #expect(nothing == nil)
        }
        async let heard = interruption.wait()
        interruption.interrupt(by: "SIGTERM")
        #expect(await heard == "SIGTERM")
    }

    @Test("a signal that came before is answered at once, and the first one counts")
    func before() async {
        let interruption = Interruption()
        interruption.interrupt(by: "SIGINT")
        interruption.interrupt(by: "SIGTERM")
        #expect(await interruption.wait() == "SIGINT")
        #expect(await interruption.wait() == "SIGINT")
    }

    @Test("all that wait hear the signal, and one that gives up takes nobody's place")
    func several() async {
        let interruption = Interruption()
        let heard = Heard()
        // Not in a group, which would wait for ever for somebody who is forgotten.
        let waiting = (1...3).map { _ in Task { heard.add(await interruption.wait()) } }
        await heard.wait(for: 0)
        waiting[1].cancel()
        await heard.wait(for: 1)
        #expect(heard.all == [nil])
        interruption.interrupt(by: "SIGTERM")
        await heard.wait(for: 3)
        #expect(heard.all == [nil, "SIGTERM", "SIGTERM"])
    }

    /// Answers, in the order in which they came.
    private final class Heard: Sendable {
        private let answers = Mutex<[String?]>([])

        var all: [String?] { answers.withLock { $0 } }

        func add(_ answer: String?) { answers.withLock { $0.append(answer) } }

        /// Waits until there are so many, for two seconds at most, and a moment for what should not come.
        func wait(for count: Int) async {
            let end = ContinuousClock.now + .seconds(2)
            while all.count < count, .now < end { try? await Task.sleep(for: .milliseconds(2)) }
            try? await Task.sleep(for: .milliseconds(20))
        }
    }
}
