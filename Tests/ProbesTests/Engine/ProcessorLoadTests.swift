import Contract
import LinuxHost
import Testing

@testable import Probes

@Suite("a load on processors")
struct ProcessorLoadTests {
    @Test("it is proven before it is said to hold, goes on until it is stopped, and says how busy it was")
    func holds() async throws {
        let output = Collector()
        let stop = ProbeStop()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await ProbeEngine.run(
                    ProbePlan(probe: ProcessorLoad(), deadlineSeconds: 20), output: output, stop: stop)
            }
            #expect(await output.waitForPort() == 0)
            stop.trip()
        }
        #expect(output.failure == nil, "\(output.message)")
        let busy = try #require(output.value(ConditionMetrics.processorLoad.name))
        #expect((0.02...1.05).contains(busy), "\(busy)")
    }

    @Test("it undoes itself at its deadline, and that is no success")
    func deadline() async {
        let output = Collector()
        await ProbeEngine.run(ProbePlan(probe: ProcessorLoad(), deadlineSeconds: 0.3), output: output)
        #expect(output.failure == "timedOut")
        #expect(output.value(ConditionMetrics.processorLoad.name) == nil)
    }

    @Test("a load of none or of too many is no plan", arguments: [0, 257, -1])
    func limits(_ processors: Int) {
        #expect(throws: PlanError.self) {
            try ProbePlan(probe: ProcessorLoad(processors: processors), deadlineSeconds: 1).validate()
        }
    }

    @Test("a thread ends when its load is over")
    func ends() {
        let counter = BusyCounter()
        #expect(!counter.hasEnded)
        counter.work()
        #expect(counter.seconds > 0)
        counter.end()
        #expect(counter.hasEnded)
    }
}
