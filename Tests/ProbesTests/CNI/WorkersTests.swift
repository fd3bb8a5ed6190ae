import Contract
import Synchronization
import Testing

@testable import Probes

@Suite("Many things, so many at a time")
struct WorkersTests {
    @Test("results are in the order of the items, and never more run at a time than was asked for")
    func order() async throws {
        let running = Mutex((now: 0, most: 0))
        let values = try await Workers.each(Array(0..<50), atATime: 3) { (item: Int) async throws(ProbeFailure) in
            running.withLock { running in
                running.now += 1
                running.most = max(running.most, running.now)
            }
            await Task.yield()
            running.withLock { $0.now -= 1 }
            return item * 2
        }
        #expect(values == (0..<50).map { $0 * 2 })
        #expect(running.withLock { $0.most } <= 3)
    }

    @Test("the first failure is the one that is reported, and nothing new is begun after it")
    func failure() async {
        let begun = Mutex(0)
        let failure = await #expect(throws: ProbeFailure.self) {
            try await Workers.each(Array(0..<1_000), atATime: 2) { (item: Int) async throws(ProbeFailure) -> Int in
                begun.withLock { $0 += 1 }
                if item == 3 { throw ProbeFailure(.toolFailed, "item 3") }
                // Whatever is begun beside it goes on until it is told to end, at most for ten seconds.
                for _ in 0..<10_000 where item > 3 && !Task.isCancelled { try? await Task.sleep(for: .milliseconds(1)) }
                return item
            }
        }
        #expect(failure?.message == "item 3")
        #expect((4...5).contains(begun.withLock { $0 }))
    }

    @Test("nothing to do is done")
    func nothing() async throws {
        let values = try await Workers.each([Int](), atATime: 4) { (item: Int) async throws(ProbeFailure) in item }
        #expect(values.isEmpty)
    }
}
