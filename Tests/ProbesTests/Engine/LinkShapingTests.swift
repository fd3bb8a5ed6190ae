import Contract
import LinuxHost
import Testing

@testable import Probes

@Suite("the shaping of a link by an agent")
struct LinkShapingTests {
    @Test("the machine's own network is never shaped, and nothing is said to hold")
    func refused() async {
        let output = Collector()
        // A name that no interface has, so that nothing is lost where the guard is broken.
        let shaping = LinkShaping(LinkImpairment(delay: .init(nanoseconds: 1_000)), interface: "nm-nowhere")
        await ProbeEngine.run(ProbePlan(probe: shaping, deadlineSeconds: 20), output: output)
        #expect(output.port == nil)
        #expect(output.events.last == .done)
        // Without root nobody sees whose network it is.
        if Identity.isRoot {
            #expect(output.failure == FailureCode.badPlan.rawValue)
            #expect(output.message.contains("the machine itself"), "\(output.message)")
        } else {
            #expect(output.failure != nil)
        }
    }

    @Test("a shaping that does nothing is no plan")
    func validated() async {
        let output = Collector()
        await ProbeEngine.run(
            ProbePlan(probe: LinkShaping(LinkImpairment()), deadlineSeconds: 20), output: output)
        #expect(output.failure == FailureCode.badPlan.rawValue)
        #expect(output.message.contains("probe.impairment"))
    }
}
