import Synchronization
import Testing

@testable import Probes

@Suite("the stop of a probe")
struct ProbeStopTests {
    @Test("the first reason stays, and each handler runs once")
    func firstReasonStays() {
        let stop = ProbeStop()
        let count = Atomic<Int>(0)
        _ = stop.register { count.add(1, ordering: .relaxed) }
        let token = stop.register { count.add(100, ordering: .relaxed) }
        stop.unregister(token)
        #expect(!stop.isTripped)
        stop.trip(.deadline)
        stop.trip(.requested)
        #expect(stop.isTripped)
        #expect(stop.reason == .deadline)
        _ = stop.register { count.add(10, ordering: .relaxed) }
        #expect(count.load(ordering: .relaxed) == 11)
    }

    @Test("waiting ends by the stop, also by one that came before")
    func waitingEnds() async {
        let stop = ProbeStop()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await stop.wait() }
            stop.trip()
        }
        await stop.wait()
        #expect(stop.reason == .requested)
    }

    @Test("waiting ends by cancellation")
    func waitingIsCancelled() async {
        let stop = ProbeStop()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await stop.wait() }
            group.cancelAll()
        }
        #expect(!stop.isTripped)
    }
}
