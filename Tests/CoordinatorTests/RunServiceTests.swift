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

@Suite("A run, from resource to stored results")
struct RunServiceTests {
    @Test("every variant is measured in every block, stored with its place in it, and everything is taken down")
    func completes() async throws {
        try await RunStage.with { bench async throws in
            let summary = try await bench.run(StubExperiment { _, count in Measurement.measured(Double(count)) })
            #expect(summary.completed == 6)
            #expect(summary.failed == 0)
            let run = try bench.store.run(summary.runID)
            #expect(run.outcome == .completed)
            #expect(run.seed == 5)
            #expect(run.labels == ["team": "net", "build": "417"])
            let trials = try bench.store.trials(runID: summary.runID)
            #expect(trials.map(\.block) == [1, 1, 2, 2, 3, 3])
            #expect(trials.map(\.position) == [1, 2, 1, 2, 1, 2])
            let samples = try bench.store.samples(runID: summary.runID)
            #expect(samples.filter { $0.metric == "latency_p50" }.count == 6)
            #expect(samples.filter { $0.metric == "machine_busy" && (0...1).contains($0.value) }.count == 6)
            #expect(try bench.store.environment(runID: summary.runID)["tool.scripted"] == "1")
            #expect(bench.testbed.calls == ["setUp", "tearDown"])
        }
    }

    @Test("what the kernel lacks costs the variants that need it, with the words of the decision")
    func lacking() async throws {
        let lacks = ScriptedTestbed(answers: [.serviceProxy(.ipvs): .kernelLacks([.ipvs: "no such module"])])
        try await RunStage.with(lacks) { bench async throws in
            let experiment = StubExperiment(requires: ["overlay": [Requirement(.serviceProxy(.ipvs))]]) { _, _ in
                Measurement.measured(1)
            }
            let summary = try await bench.run(experiment, lacking: [.ipvs: "no such module", .netem: "no"])
            #expect(summary.completed == 3)
            #expect(summary.failures == ["skipped": 1])
            let trials = try bench.store.trials(runID: summary.runID)
            #expect(
                trials.filter { $0.outcome == .skipped }.allSatisfy {
                    $0.reason?.hasPrefix("this kernel has no ipvs: no such module") == true
                })
            let environment = try bench.store.environment(runID: summary.runID)
            #expect(environment["kernel.where"] == "host")
            #expect(environment["kernel.accelerator"] == "none")
        }
    }

    @Test("a signal ends the run: trials that ended are kept, everything is taken down, the run is interrupted")
    func interrupted() async throws {
        try await RunStage.with { bench async throws in
            let (ticks, continuation) = AsyncStream<Void>.makeStream()
            let summary = try await bench.run(
                StubExperiment(repetitions: Repetitions(minimum: 1000, maximum: 1000)) { _, count in
                    if count == 3 { continuation.yield() }
                    return Measurement.measured(1)
                },
                interruption: {
                    for await _ in ticks { return "SIGTERM" }
                    return nil
                }
            )
            #expect(summary.interruption == "SIGTERM")
            #expect(summary.completed == (try bench.store.trials(runID: summary.runID).count))
            #expect(try bench.store.run(summary.runID).outcome == .interrupted)
            #expect(try bench.store.trials(runID: summary.runID).count >= 4)
            #expect(bench.testbed.calls == ["setUp", "tearDown"])
        }
    }

    @Test("what is missing is said before anything is made or stored")
    func missing() async throws {
        let shortcoming = Shortcoming(what: "iperf3 is not installed", wayOut: "apt install iperf3")
        try await RunStage.with(ScriptedTestbed(missing: [shortcoming])) { bench async throws in
            await #expect(throws: RunError.missing([shortcoming])) {
                try await bench.run(StubExperiment { _, _ in Measurement.measured(1) })
            }
            #expect(bench.testbed.calls.isEmpty)
            #expect(try bench.store.runs().isEmpty)
        }
    }

    @Test("a testbed that cannot be set up fails the run, and is taken down all the same")
    func setUpFails() async throws {
        let error = TestbedError(operation: "attach pod", object: "bridge/node0/pod0", cause: "no addresses left")
        try await RunStage.with(ScriptedTestbed(setUpError: error)) { bench async throws in
            await #expect(throws: RunError.setUpFailed(error)) {
                try await bench.run(StubExperiment { _, _ in Measurement.measured(1) })
            }
            #expect(bench.testbed.calls == ["setUp", "tearDown"])
            #expect(try bench.store.runs().map(\.outcome) == [.failed])
        }
    }

    @Test("a set-up that a signal cuts short is an interruption, and no testbed that cannot be set up")
    func setUpInterrupted() async throws {
        let error = TestbedError(
            code: .cancelled, operation: "attach pod", object: "bridge/node0/pod0", cause: "cancelled")
        try await RunStage.with(ScriptedTestbed(setUpError: error)) { bench async throws in
            let summary = try await bench.run(
                StubExperiment { _, _ in Measurement.measured(1) },
                interruption: {
                    try? await Task.sleep(for: .milliseconds(50))
                    return "SIGTERM"
                }
            )
            #expect(summary.interruption == "SIGTERM" && summary.completed == 0)
            #expect(bench.testbed.calls == ["setUp", "tearDown"])
            #expect(try bench.store.runs().map(\.outcome) == [.interrupted])
        }
    }

    @Test("while one run measures, another is refused with the holder's name, and nothing is made")
    func twoRuns() async throws {
        try await RunStage.with { bench async throws in
            let lock = try MeasurementLock(path: bench.lockPath, holder: "run A")
            await #expect(throws: RunError.busy(.held(by: "run A"))) {
                try await bench.run(StubExperiment { _, _ in Measurement.measured(1) })
            }
            #expect(bench.testbed.calls.isEmpty)
            withExtendedLifetime(lock) {}
        }
    }

    @Test("the command line's seed and labels beat the resource's; a seed that nobody gave is drawn")
    func commandLineFirst() async throws {
        let experiment = StubExperiment(seed: 11) { _, _ in Measurement.measured(1) }
        #expect(RunOptions(seed: 4, toolVersion: "test").seed(of: experiment) == 4)
        #expect(RunOptions(toolVersion: "test").seed(of: experiment) == 11)
        let free = StubExperiment(seed: nil) { _, _ in Measurement.measured(1) }
        let drawn = (0..<8).map { _ in RunOptions(toolVersion: "test").seed(of: free) }
        #expect(Set(drawn).count > 1 && drawn.allSatisfy { $0 <= UInt64(UInt32.max) })
        try await RunStage.with { bench async throws in
            let summary = try await bench.run(experiment, labels: ["team": "mine", "build": "418"])
            #expect(try bench.store.run(summary.runID).labels == ["team": "mine", "build": "418"])
        }
    }

    @Test("a removal that failed is told, and the run ends as it was measured")
    func removalFails() async throws {
        let error = TestbedError(operation: "remove", object: "nm-a-node0", cause: "device busy")
        try await RunStage.with(ScriptedTestbed(tearDownError: error)) { bench async throws in
            let summary = try await bench.run(StubExperiment { _, _ in Measurement.measured(1) })
            #expect(summary.leftBehind == error)
            #expect(try bench.store.run(summary.runID).outcome == .completed)
        }
        try await RunStage.with { bench async throws in
            #expect(try await bench.run(StubExperiment { _, _ in Measurement.measured(1) }).leftBehind == nil)
        }
    }

    @Test("a network that could not be set up is an event of the run, and the others are measured")
    func networkFails() async throws {
        let error = TestbedError(operation: "attach pod", object: "overlay/node0/pod0", cause: "no addresses left")
        try await RunStage.with(ScriptedTestbed(failedNetworks: [error])) { bench async throws in
            let summary = try await bench.run(StubExperiment { _, _ in Measurement.measured(1) })
            #expect(summary.completed == 6)
            let events = try bench.store.events(runID: summary.runID).filter { $0.name == "network failed" }
            #expect(events.map(\.detail) == [error.description])
        }
    }

    @Test(
        "what is missing is skipped with its way out, or ends the run before anything is made where nothing goes without"
    )
    func unmetNeeds() async throws {
        let shortcoming = Shortcoming(what: "netperf is not installed", wayOut: "install it")
        let testbed = ScriptedTestbed(answers: [.program("netperf"): .missing(shortcoming)])
        try await RunStage.with(testbed) { bench async throws in
            let some = StubExperiment(requires: ["overlay": [Requirement(.program("netperf"))]]) { _, _ in
                Measurement.measured(1)
            }
            let summary = try await bench.run(some)
            #expect(summary.completed == 3 && summary.failures == ["skipped": 1])
            let skipped = try bench.store.trials(runID: summary.runID).filter { $0.outcome == .skipped }
            #expect(skipped.map(\.reason) == [shortcoming.description])
        }
        try await RunStage.with(ScriptedTestbed(answers: [.program("netperf"): .missing(shortcoming)])) {
            bench async throws in
            let needed = Requirement(.program("netperf"), isEssential: true)
            let all = StubExperiment(requires: ["overlay": [needed]]) { _, _ in Measurement.measured(1) }
            await #expect(throws: RunError.missing([shortcoming])) { try await bench.run(all) }
            #expect(bench.testbed.calls.isEmpty)
        }
    }
}
