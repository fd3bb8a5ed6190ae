import Contract
import Testing

@Suite("grace periods")
struct GracePeriodsTests {
    /// From the end of a plan's deadline until the testbed has ended an agent that does not end itself.
    private static let testbed = GracePeriods.agent + GracePeriods.inputClosed + GracePeriods.termination

    @Test("an agent's children are gone before it is killed")
    func afterSignal() {
        #expect(GracePeriods.agentStop + GracePeriods.agentKill < GracePeriods.termination)
    }

    @Test("an agent that ends its tool and what that left has ended before it would be ended")
    func agentBeforeTestbed() {
        let end = GracePeriods.termination + GracePeriods.agentEnd
        #expect(end < GracePeriods.inputClosed)
        #expect(GracePeriods.tool + end < GracePeriods.agent)
        #expect(GracePeriods.tool + GracePeriods.termination < GracePeriods.idleServer)
    }

    @Test("a client is gone before its server, and both before the coordinator gives up")
    func testbedBeforeCoordinator() {
        #expect(Self.testbed < GracePeriods.server)
        #expect(GracePeriods.server + Self.testbed < GracePeriods.turn)
    }

    @Test("the alarm comes when everybody else has given up")
    func alarmIsLast() {
        let cancelled = GracePeriods.inputClosed + GracePeriods.termination
        #expect(GracePeriods.turn + GracePeriods.condition + cancelled < GracePeriods.alarm)
    }

    @Test("an agent whose run was killed has undone what it changed before a clean-up kills it")
    func lastWill() {
        #expect(GracePeriods.lastWill < GracePeriods.removal)
        #expect(GracePeriods.lastWill >= .seconds(1), "alarm(2) counts whole seconds")
    }
}
