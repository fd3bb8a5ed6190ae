import Experiments
import Testing

@testable import Coordinator

@Suite("The settle gate")
struct SettleGateTests {
    private let gate = SettleGate(
        rule: SettleRule(maximumBackground: 0.2, window: .milliseconds(10), patience: .milliseconds(30))
    )

    @Test(
        "a window is quiet when neither background nor stolen time is over the limit",
        arguments: [(0.0, 0.0, true), (0.2, 0.2, true), (0.21, 0.0, false), (0.0, 0.21, false), (1.0, 1.0, false)]
    )
    func judge(_ background: Double, _ stolen: Double, _ isQuiet: Bool) {
        #expect(gate.finding(background: background, stolen: stolen).isQuiet == isQuiet)
    }

    @Test("a quiet machine is not waited for any longer")
    func quiet() async throws {
        let patient = SettleGate(
            rule: SettleRule(maximumBackground: 1, window: .milliseconds(10), patience: .seconds(3600))
        )
        let finding = try await withDeadline(.seconds(10)) { try await patient.wait() }
        #expect(finding?.isQuiet == true)
    }

    @Test("a machine that never settles is given up on after the patience, and the finding says so")
    func impatience() async throws {
        let never = SettleGate(
            rule: SettleRule(maximumBackground: -1, window: .milliseconds(10), patience: .milliseconds(30))
        )
        let finding = try await never.wait()
        #expect(!finding.isQuiet)
        #expect((0...1).contains(finding.background))
    }

    @Test("waiting can be cancelled")
    func cancelled() async {
        let endless = SettleGate(
            rule: SettleRule(maximumBackground: -1, window: .milliseconds(10), patience: .seconds(3600))
        )
        let finding = try? await withDeadline(.milliseconds(50)) { try await endless.wait() }
        #expect(finding == .some(.none))
    }
}
