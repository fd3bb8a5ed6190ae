import Testing

@testable import Probes

@Suite("the schedule of an open loop")
struct SendScheduleTests {
    @Test("intended times neither drift nor bunch", arguments: [1, 3, 7, 999.5, 5_000, 123_456] as [Double])
    func timesDoNotDrift(_ rate: Double) {
        let schedule = SendSchedule(start: 1_000, warmUp: 0, duration: 1_000_000_000, ratePerSecond: rate)
        #expect(schedule.intended(0) == 1_000)
        var previous = schedule.intended(0)
        let count = UInt64(rate * 10)
        for sequence in stride(from: 1, through: count, by: max(1, Int(count / 500))) {
            let intended = schedule.intended(UInt64(sequence))
            #expect(intended > previous)
            previous = intended
        }
        let expected = 1_000 + Double(count) * 1e9 / rate
        #expect(abs(Double(schedule.intended(count)) - expected) <= 2)
    }

    @Test("the measured part begins after the warm-up, and lateness is one period but at least 100 us")
    func partsAndTolerance() {
        let schedule = SendSchedule(start: 10, warmUp: 20, duration: 30, ratePerSecond: 1_000)
        #expect(schedule.measuredFrom == 30)
        #expect(schedule.end == 60)
        #expect(schedule.tolerance == 1_000_000)
        let fast = SendSchedule(start: 0, warmUp: 0, duration: 1, ratePerSecond: 1e6)
        #expect(fast.tolerance == 100_000)
    }
}
