import Contract
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
        #expect(output.failure == FailureCode.badPlan.rawValue)
        // Where the first process cannot be seen, the one that started this one stands for it.
        #expect(output.message.contains("nm-nowhere: this is the network of the "), "\(output.message)")
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
