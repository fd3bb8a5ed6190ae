import Testing

@testable import Agent

@Suite("the processor of a plan")
struct ProcessorChoiceTests {
    @Test(
        "one that cannot be had is said",
        arguments: [(0, 1, false), (1, 2, false), (1, 1, true), (2, 2, true), (1, 0, false)]
    )
    func remark(_ wanted: Int, _ allowed: Int, _ isSaid: Bool) {
        let remark = ProcessorChoice.remark(wanted: wanted, allowed: allowed)
        #expect((remark != nil) == isSaid)
        if isSaid { #expect(remark?.contains("distinct processors cannot be had") == true) }
    }
}
