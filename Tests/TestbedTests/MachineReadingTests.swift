import Testbed
import Testing

@Suite("What machines were busy with")
struct MachineReadingTests {
    private let start = MachineReading(busy: 10, idle: 10, stolen: 10)

    @Test(
        "busy and stolen are shares of the time between two readings",
        arguments: [
            (5.0, 5.0, 0.0, 0.5, 0.0), (0, 10, 0, 0, 0), (5, 3, 2, 0.5, 0.2), (0, 0, 0, 0, 0), (0, 0, 4, 0, 1),
        ]
    )
    func shares(busy: Double, idle: Double, stolen: Double, busyShare: Double, stolenShare: Double) {
        let end = MachineReading(busy: 10 + busy, idle: 10 + idle, stolen: 10 + stolen)
        #expect(end.busyShare(since: start) == busyShare)
        #expect(end.stolenShare(since: start) == stolenShare)
    }

    @Test("counters that step back are no time")
    func backwards() {
        let later = MachineReading(busy: 20, idle: 20, stolen: 20)
        #expect(start.busyShare(since: later) == 0)
        // Idle time stepped back by a tick while the machine was busy.
        #expect(MachineReading(busy: 11, idle: 9.99, stolen: 10).busyShare(since: start) == 1)
    }
}
