import Testbed
import Testing

@testable import Commands
@testable import Coordinator
@testable import LocalTestbed

@Suite("What a clean-up comes to")
struct CleanupOutcomeTests {
    private let nothing = [TestbedAudit()]

    @Test("with nothing done and nothing there all is good")
    func good() {
        #expect(CleanupCommand.outcome(CleanUp.Report(), nothing).isGood)
    }

    @Test("what could not be removed is not good, also when the audit finds nothing")
    func failures() {
        var report = CleanUp.Report()
        report.failures = ["namespace nm-a-node0: busy"]
        let outcome = CleanupCommand.outcome(report, nothing)
        #expect(!outcome.isGood && outcome.failures == report.failures)
    }

    @Test("what nobody uses is found; what is in use is named, and neither is the other")
    func found() {
        var report = CleanUp.Report()
        report.inUse = [.init(kind: "namespace", name: "nm-a-net-node0", owner: "process 7")]
        let audit = LocalAudit(
            namespaces: ["nm-a-net-node0", "nm-b-net-node0"], processes: [:], directories: [], pluginFiles: [:])
        let outcome = CleanupCommand.outcome(report, [audit.report(leavingOut: ["nm-a-net-node0"])])
        #expect(!outcome.isGood)
        #expect(outcome.found == ["namespace nm-b-net-node0"])
        #expect(outcome.inUse == ["namespace nm-a-net-node0, of process 7"])
    }
}
