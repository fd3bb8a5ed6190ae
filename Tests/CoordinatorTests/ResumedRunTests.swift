import Contract
import Experiments
import LinuxHost
import Quantities
import Resources
import Results
import Synchronization
import TestSupport
import Testbed
import Testing

@testable import Coordinator

@Suite("A run that goes on")
struct ResumedRunTests {
    @Test(
        "a run that was interrupted goes on: what is there is not run again, order and seeds are as without the interruption"
    )
    func resumed() async throws {
        func trials(interruptedAfter limit: Int?) async throws -> (trials: [String], seeds: [String: UInt64]) {
            let seeds = Mutex<[String: UInt64]>([:])
            let count = Mutex(0)
            let (stops, stop) = AsyncStream<String>.makeStream()
            return try await RunStage.with(ScriptedTestbed()) { bench async throws in
                func experiment() -> StubExperiment {
                    StubExperiment(
                        networks: ["a", "b", "c"],
                        observe: { variant, context in
                            seeds.withLock { $0["\(variant) \(context.block)"] = context.seed }
                        }
                    ) { _, _ in
                        if count.withLock({ count in
                            count += 1
                            return count == limit
                        }) {
                            stop.yield("SIGINT")
                            try? await Task.sleep(for: .seconds(60))
                        }
                        return Measurement.measured(1)
                    }
                }
                let first = try await bench.run(experiment(), interruption: { await stops.first { _ in true } })
                if let limit {
                    #expect(first.interruption == "SIGINT" && first.completed == limit - 1)
                    let summary = try await bench.run(experiment(), resumes: { _, _ in nil })
                    #expect(summary.completed == 9 && summary.interruption == nil)
                    #expect(count.withLock { $0 } == 10)
                    #expect(try bench.store.events(runID: first.runID).contains { $0.name == "resumed" })
                }
                #expect(try bench.store.run(first.runID).outcome == .completed)
                let trials = try bench.store.trials(runID: first.runID)
                return (trials.map { "\($0.block) \($0.position) \($0.variant)" }, seeds.withLock { $0 })
            }
        }
        let whole = try await trials(interruptedAfter: nil)
        let resumed = try await trials(interruptedAfter: 5)
        #expect(whole.trials.count == 9)
        #expect(resumed.trials == whole.trials)
        #expect(resumed.seeds == whole.seeds)
    }

    @Test("a run does not go on where what it depends on has changed")
    func resumedElsewhere() async throws {
        try await RunStage.with { bench async throws in
            let experiment = StubExperiment { _, _ in Measurement.measured(1) }
            let first = try await bench.run(experiment)
            await #expect(throws: RunError.cannotResume("the kernel is another one")) {
                try await bench.run(
                    experiment,
                    resumes: { earlier, _ in
                        earlier["tool.scripted"] == "1" ? "the kernel is another one" : nil
                    })
            }
            #expect(try bench.store.run(first.runID).outcome == .completed)
        }
    }

    @Test("of a batch that was stored in part, only what is missing is run")
    func partOfBatch() async throws {
        try await RunStage.with { bench async throws in
            let id = RunStage.runID
            try bench.store.begin(
                RunRecord(
                    id: id, kind: "CNIPerformance", name: "any", testbed: "scripted", seed: 5, toolVersion: "test"))
            let variant = Variant([.init("network", "a")])
            try bench.store.record(
                trial: TrialRecord(
                    runID: id, variant: variant.key, factors: variant.factors, block: 1, position: 1,
                    startedAt: .now(), endedAt: .now(), outcome: .completed))
            let batches = ["a": "pair", "b": "pair"]
            let experiment = StubExperiment(networks: ["a", "b"], batches: batches) { _, _ in .measured(1) }
            let summary = try await bench.run(experiment, resumes: { _, _ in nil })
            #expect(summary.completed == 6)
            let trials = try bench.store.trials(runID: id).map { "\($0.block) \($0.variant)" }
            #expect(trials.count == 6 && Set(trials).count == 6)
        }
    }
}
