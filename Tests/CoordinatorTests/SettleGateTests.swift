import Quantities
import Resources
import Synchronization
import Testbed
import Testing

@testable import Coordinator

@Suite("The settle gate")
struct SettleGateTests {
    /// A gate on a machine whose every second is busy, or idle once it was looked at `until` times.
    private static func gate(patience: TimeSpan, busyReadings: Int = .max) -> SettleGate {
        let readings = Mutex(MachineReading(busy: 0, idle: 0, stolen: 0))
        let count = Mutex(0)
        return SettleGate(
            rule: Settle(maximumBackground: Ratio(fraction: 0.2), window: .milliseconds(1), patience: patience)
        ) {
            let number = count.withLock { count in
                count += 1
                return count
            }
            return readings.withLock { reading in
                if number <= busyReadings { reading.busy += 1 } else { reading.idle += 1 }
                return reading
            }
        }
    }

    @Test(
        "a window is quiet when neither background nor stolen time is over the limit",
        arguments: [(0.0, 0.0, true), (0.2, 0.2, true), (0.21, 0.0, false), (0.0, 0.21, false), (1.0, 1.0, false)]
    )
    func judge(_ background: Double, _ stolen: Double, _ isQuiet: Bool) {
        let gate = Self.gate(patience: .seconds(1))
        #expect(gate.finding(background: background, stolen: stolen).isQuiet == isQuiet)
    }

    @Test("a machine that settles is waited for, window by window")
    func settles() async throws {
        let finding = try await Self.gate(patience: .seconds(60), busyReadings: 9).wait()
        #expect(finding == SettleGate.Finding(background: 0, stolen: 0, isQuiet: true))
    }

    @Test("a quiet machine is not waited for any longer")
    func quiet() async throws {
        let patient = Self.gate(patience: .minutes(10), busyReadings: 0)
        let finding = try await withDeadline(.seconds(10)) { try await patient.wait() }
        #expect(finding?.isQuiet == true)
    }

    @Test("a machine that never settles is given up on after the patience, and the finding says so")
    func impatience() async throws {
        let finding = try await Self.gate(patience: .milliseconds(30)).wait()
        #expect(finding == SettleGate.Finding(background: 1, stolen: 0, isQuiet: false))
    }

    @Test("waiting can be cancelled")
    func cancelled() async {
        let endless = Self.gate(patience: .minutes(10))
        let finding = try? await withDeadline(.milliseconds(50)) { try await endless.wait() }
        #expect(finding == .some(.none))
    }
}
