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
    /// Everything a run needs beside its experiment, in a scratch directory.
    private struct Stage {
        let store: Store
        let testbed: ScriptedTestbed
        let lockPath: String

        func run(
            _ experiment: StubExperiment,
            labels: [String: String] = ["build": "417"],
            lacking: [KernelFeature: String] = [:],
            observer: any RunObserver = Silent(),
            resumes: (@Sendable ([String: String], [String: String]) -> String?)? = nil,
            interruption: @escaping @Sendable () async -> String? = Stage.never
        ) async throws(RunError) -> RunSummary {
            let runID = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
            return try await RunService(
                provider: ScriptedProvider(testbed, lacked: lacking), archive: store, store: store, observer: observer
            ).run(
                RunOrder(
                    runID: runID,
                    document: RunServiceTests.document,
                    experiment: experiment,
                    seed: 5,
                    options: RunOptions(labels: labels, lockPath: lockPath, toolVersion: "test"),
                    resumes: resumes
                ),
                interruption: interruption
            )
        }

        static let never: @Sendable () async -> String? = {
            try? await Task.sleep(for: .seconds(3600))
            return nil
        }
    }

    private struct Silent: RunObserver {
        func observe(_ event: RunEvent) {}
    }

    private final class Listener: RunObserver {
        private let heard = Mutex<[RunEvent]>([])
        var events: [RunEvent] { heard.withLock { $0 } }
        func observe(_ event: RunEvent) { heard.withLock { $0.append(event) } }
    }

    private static let document: ResourceDocument = {
        let yaml = """
            apiVersion: networkmachinery.io/v1alpha1
            kind: CNIPerformance
            metadata: {name: stub, labels: {team: net}}
            spec:
              networks: [{name: bridge, preset: bridge}]
              paths: [same-node]
              tests:
              - {name: rr, tool: latency, protocol: tcp, pattern: request-response, messageSize: 64B, duration: 250ms}
              repetitions: {minimum: 6, maximum: 6}
            """
        do {
            return try ResourceDecoder.decode(yaml: yaml, file: "stub.yaml")[0]
        } catch {
            preconditionFailure("\(error)")
        }
    }()

    private func withBench<Value>(
        _ testbed: ScriptedTestbed = ScriptedTestbed(),
        _ body: (Stage) async throws -> Value
    ) async throws -> Value {
        try await ScratchDirectory.with { directory in
            let store = try Store.open(at: "\(directory)/results.sqlite")
            return try await body(Stage(store: store, testbed: testbed, lockPath: "\(directory)/lock"))
        }
    }

    private static func measured(_ value: Double) -> Measurement {
        Measurement(samples: [.init(metric: "latency_p50", value: value)])
    }

    @Test("every variant is measured in every block, stored with its place in it, and everything is taken down")
    func completes() async throws {
        try await withBench { bench async throws in
            let summary = try await bench.run(StubExperiment { _, count in Self.measured(Double(count)) })
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
            #expect(try bench.store.environment(runID: summary.runID)["tool.stub"] == "1")
            #expect(bench.testbed.calls == ["setUp", "tearDown"])
        }
    }

    @Test("a failed trial is stored with its reason and does not end the run")
    func failedTrial() async throws {
        try await withBench { bench async throws in
            let summary = try await bench.run(
                StubExperiment { variant, count throws(TrialFailure) in
                    if variant.description == "overlay", count == 2 {
                        throw TrialFailure(.timedOut, "no reply within 5 s")
                    }
                    return Self.measured(1)
                }
            )
            #expect(summary.completed == 5)
            #expect(summary.failures == ["timedOut": 1])
            let trials = try bench.store.trials(runID: summary.runID)
            #expect(trials.filter { $0.outcome == .timedOut }.map(\.reason) == ["no reply within 5 s"])
            #expect(try bench.store.run(summary.runID).outcome == .trialsFailed)
        }
    }

    @Test("a variant of which one repetition is enough is measured once, and what a trial found is an event of it")
    func once() async throws {
        try await withBench { bench async throws in
            let summary = try await bench.run(
                StubExperiment(once: ["overlay"]) { variant, _ in
                    var measurement = Self.measured(1)
                    if variant.description == "overlay" {
                        measurement.events = [
                            .init(name: "finding", detail: "first"), .init(name: "finding", detail: "next"),
                        ]
                    }
                    return measurement
                }
            )
            #expect(summary.completed == 4)
            let trials = try bench.store.trials(runID: summary.runID)
            let overlay = trials.filter { $0.variant.contains("overlay") }
            #expect(overlay.map(\.block) == [1])
            let events = try bench.store.events(runID: summary.runID).filter { $0.name == "finding" }
            #expect(events.map(\.detail) == ["first", "next"])
            #expect(Set(events.map(\.trialID)) == Set(overlay.map(\.id)))
        }
    }

    @Test("what cannot be measured here is skipped once, with the reason, and is no failure")
    func skipped() async throws {
        try await withBench { bench async throws in
            let summary = try await bench.run(
                StubExperiment(skipped: ["overlay"]) { _, _ in Self.measured(1) }
            )
            #expect(summary.completed == 3)
            #expect(summary.failures == ["skipped": 1])
            #expect(summary.failed == 0)
            #expect(try bench.store.run(summary.runID).outcome == .completed)
        }
    }

    @Test("what the kernel lacks costs the variants that need it, with the words of the decision")
    func lacking() async throws {
        let lacks = ScriptedTestbed(answers: [.serviceProxy(.ipvs): .kernelLacks([.ipvs: "no such module"])])
        try await withBench(lacks) { bench async throws in
            let experiment = StubExperiment(requires: ["overlay": [Requirement(.serviceProxy(.ipvs))]]) { _, _ in
                Self.measured(1)
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
        try await withBench { bench async throws in
            let (ticks, continuation) = AsyncStream<Void>.makeStream()
            let summary = try await bench.run(
                StubExperiment(repetitions: Repetitions(minimum: 1000, maximum: 1000)) { _, count in
                    if count == 3 { continuation.yield() }
                    return Self.measured(1)
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
        try await withBench(ScriptedTestbed(missing: [shortcoming])) { bench async throws in
            await #expect(throws: RunError.missing([shortcoming])) {
                try await bench.run(StubExperiment { _, _ in Self.measured(1) })
            }
            #expect(bench.testbed.calls.isEmpty)
            #expect(try bench.store.runs().isEmpty)
        }
    }

    @Test("a testbed that cannot be set up fails the run, and is taken down all the same")
    func setUpFails() async throws {
        let error = TestbedError(operation: "attach pod", object: "bridge/node0/pod0", cause: "no addresses left")
        try await withBench(ScriptedTestbed(setUpError: error)) { bench async throws in
            await #expect(throws: RunError.setUpFailed(error)) {
                try await bench.run(StubExperiment { _, _ in Self.measured(1) })
            }
            #expect(bench.testbed.calls == ["setUp", "tearDown"])
            #expect(try bench.store.runs().map(\.outcome) == [.failed])
        }
    }

    @Test("a set-up that a signal cuts short is an interruption, and no testbed that cannot be set up")
    func setUpInterrupted() async throws {
        let error = TestbedError(
            code: .cancelled, operation: "attach pod", object: "bridge/node0/pod0", cause: "cancelled")
        try await withBench(ScriptedTestbed(setUpError: error)) { bench async throws in
            let summary = try await bench.run(
                StubExperiment { _, _ in Self.measured(1) },
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
        try await withBench { bench async throws in
            let lock = try MeasurementLock(path: bench.lockPath, holder: "run A")
            await #expect(throws: RunError.busy(.held(by: "run A"))) {
                try await bench.run(StubExperiment { _, _ in Self.measured(1) })
            }
            #expect(bench.testbed.calls.isEmpty)
            withExtendedLifetime(lock) {}
        }
    }

    @Test("repetitions go on until the interval is narrow, and the run says why each group ended")
    func adaptive() async throws {
        try await withBench { bench async throws in
            let summary = try await bench.run(
                StubExperiment(
                    networks: ["bridge"],
                    repetitions: Repetitions(minimum: 6, maximum: 40, untilRelativeHalfWidth: Ratio(fraction: 0.05))
                ) { _, count in Self.measured(count <= 3 ? Double(count) : 2) }
            )
            #expect((7..<40).contains(summary.completed))
            let endings = try bench.store.events(runID: summary.runID).filter { $0.name == "group ended" }
            #expect(endings.count == 1)
            #expect(endings[0].detail.contains("precise enough after \(summary.completed) repetitions"))
        }
    }

    @Test("the command line's seed and labels beat the resource's; a seed that nobody gave is drawn")
    func commandLineFirst() async throws {
        let experiment = StubExperiment(seed: 11) { _, _ in Self.measured(1) }
        #expect(RunOptions(seed: 4, toolVersion: "test").seed(of: experiment) == 4)
        #expect(RunOptions(toolVersion: "test").seed(of: experiment) == 11)
        let free = StubExperiment(seed: nil) { _, _ in Self.measured(1) }
        let drawn = (0..<8).map { _ in RunOptions(toolVersion: "test").seed(of: free) }
        #expect(Set(drawn).count > 1 && drawn.allSatisfy { $0 <= UInt64(UInt32.max) })
        try await withBench { bench async throws in
            let summary = try await bench.run(experiment, labels: ["team": "mine", "build": "418"])
            #expect(try bench.store.run(summary.runID).labels == ["team": "mine", "build": "418"])
        }
    }

    @Test("a trial on a machine that did not settle is measured, with an event that says what disturbed it")
    func notSettled() async throws {
        try await withBench(ScriptedTestbed(isBusy: true)) { bench async throws in
            let busy = StubExperiment(networks: ["bridge"]) { _, _ in Self.measured(1) }
            let summary = try await bench.run(busy)
            #expect(summary.completed == 3)
            let events = try bench.store.events(runID: summary.runID).filter { $0.name == "not settled" }
            #expect(events.map(\.trialID) == (try bench.store.trials(runID: summary.runID)).map(\.id))
            #expect(events.allSatisfy { $0.detail.hasSuffix(" % of all processors") })
        }
        try await withBench { bench async throws in
            let summary = try await bench.run(StubExperiment { _, _ in Self.measured(1) })
            #expect(try bench.store.events(runID: summary.runID).allSatisfy { $0.name != "not settled" })
        }
    }

    @Test("a trial that a signal cut short is not stored, not even as a success")
    func cutShort() async throws {
        try await withBench { bench async throws in
            let (starts, continuation) = AsyncStream<Void>.makeStream()
            let summary = try await bench.run(
                StubExperiment(networks: ["bridge"]) { _, count in
                    guard count == 2 else { return Self.measured(1) }
                    continuation.yield()
                    // The probe swallows its cancellation and answers with what it has.
                    try? await Task.sleep(for: .seconds(60))
                    return Self.measured(2)
                },
                interruption: {
                    for await _ in starts { return "SIGINT" }
                    return nil
                }
            )
            #expect(summary.interruption == "SIGINT" && summary.completed == 1)
            #expect(try bench.store.trials(runID: summary.runID).map(\.block) == [1])
            let samples = try bench.store.samples(runID: summary.runID, metric: "latency_p50")
            #expect(samples.map(\.value) == [1])
        }
    }

    @Test("what a failed trial counted, and what its tools said, is kept with it")
    func failedWithSamples() async throws {
        try await withBench { bench async throws in
            let summary = try await bench.run(
                StubExperiment(networks: ["bridge"]) { _, count throws(TrialFailure) in
                    guard count == 1 else { return Self.measured(1) }
                    throw TrialFailure(
                        .invalid, "not the echo",
                        artifacts: [Artifact(name: "out", mediaType: "text/plain", text: "?")],
                        samples: [.init(metric: "latency_p50", value: 5, censored: true)])
                }
            )
            let failed = try #require(try bench.store.trials(runID: summary.runID).first)
            #expect(failed.outcome == .invalid)
            let samples = try bench.store.samples(runID: summary.runID, metric: "latency_p50")
            #expect(samples.filter { $0.trialID == failed.id }.map(\.value) == [5])
            #expect(samples.filter(\.censored).map(\.trialID) == [failed.id])
            #expect(try bench.store.artifacts(runID: summary.runID, trialID: failed.id).map(\.data) == ["?"])
            // The machine was watched for trials that measured something only.
            #expect(try bench.store.samples(runID: summary.runID, metric: "machine_busy").count == 2)
        }
    }

    @Test("a removal that failed is told, and the run ends as it was measured")
    func removalFails() async throws {
        let error = TestbedError(operation: "remove", object: "nm-a-node0", cause: "device busy")
        try await withBench(ScriptedTestbed(tearDownError: error)) { bench async throws in
            let summary = try await bench.run(StubExperiment { _, _ in Self.measured(1) })
            #expect(summary.leftBehind == error)
            #expect(try bench.store.run(summary.runID).outcome == .completed)
        }
        try await withBench { bench async throws in
            #expect(try await bench.run(StubExperiment { _, _ in Self.measured(1) }).leftBehind == nil)
        }
    }

    @Test("a network that could not be set up is an event of the run, and the others are measured")
    func networkFails() async throws {
        let error = TestbedError(operation: "attach pod", object: "overlay/node0/pod0", cause: "no addresses left")
        try await withBench(ScriptedTestbed(failedNetworks: [error])) { bench async throws in
            let summary = try await bench.run(StubExperiment { _, _ in Self.measured(1) })
            #expect(summary.completed == 6)
            let events = try bench.store.events(runID: summary.runID).filter { $0.name == "network failed" }
            #expect(events.map(\.detail) == [error.description])
        }
    }

    @Test("each trial is announced with its number, how many there can be, its block, and the time that is left")
    func announces() async throws {
        let listener = Listener()
        try await withBench { bench async throws in
            _ = try await bench.run(StubExperiment { _, _ in Self.measured(1) }, observer: listener)
        }
        var announced: [(number: Int, of: Int, block: Int, left: Duration)] = []
        for case .trialStarted(let number, let of, _, let block, let left) in listener.events {
            announced.append((number, of, block, left))
        }
        #expect(announced.map(\.number) == [1, 2, 3, 4, 5, 6])
        #expect(announced.map(\.of) == [6, 6, 6, 6, 6, 6])
        #expect(announced.map(\.block) == [1, 1, 2, 2, 3, 3])
        // 16 ms a trial are expected before the first.
        #expect(announced.first?.left == .milliseconds(6 * 16))
        #expect(announced.allSatisfy { $0.left > .zero })
        #expect(listener.events.first == .settingUp(networks: ["bridge"], pods: 1))
        #expect(listener.events.last == .tearingDown)
    }

    @Test("what is skipped and what fails is announced with its reason")
    func announcesFailures() async throws {
        let listener = Listener()
        try await withBench { bench async throws in
            _ = try await bench.run(
                StubExperiment(skipped: ["overlay"]) { _, count throws(TrialFailure) in
                    guard count > 1 else { throw TrialFailure(.timedOut, "no reply within 5 s") }
                    return Self.measured(1)
                }, observer: listener)
        }
        #expect(
            listener.events.filter { if case .trialFailed = $0 { true } else { false } } == [
                .trialFailed(variant: "overlay", outcome: "skipped", reason: "the tool is not installed"),
                .trialFailed(variant: "bridge", outcome: "timedOut", reason: "no reply within 5 s"),
            ])
    }

    @Test(
        "what is missing is skipped with its way out, or ends the run before anything is made where nothing goes without"
    )
    func unmetNeeds() async throws {
        let shortcoming = Shortcoming(what: "netperf is not installed", wayOut: "install it")
        let testbed = ScriptedTestbed(answers: [.program("netperf"): .missing(shortcoming)])
        try await withBench(testbed) { bench async throws in
            let some = StubExperiment(requires: ["overlay": [Requirement(.program("netperf"))]]) { _, _ in
                Self.measured(1)
            }
            let summary = try await bench.run(some)
            #expect(summary.completed == 3 && summary.failures == ["skipped": 1])
            let skipped = try bench.store.trials(runID: summary.runID).filter { $0.outcome == .skipped }
            #expect(skipped.map(\.reason) == [shortcoming.description])
        }
        try await withBench(ScriptedTestbed(answers: [.program("netperf"): .missing(shortcoming)])) {
            bench async throws in
            let needed = Requirement(.program("netperf"), isEssential: true)
            let all = StubExperiment(requires: ["overlay": [needed]]) { _, _ in Self.measured(1) }
            await #expect(throws: RunError.missing([shortcoming])) { try await bench.run(all) }
            #expect(bench.testbed.calls.isEmpty)
        }
    }

    @Test("a trial's seed comes from the run's, the block and the variant alone, and no two are the same")
    func seeds() async throws {
        func seeds() async throws -> [String: UInt64] {
            let heard = Mutex<[String: UInt64]>([:])
            try await withBench { bench async throws in
                let experiment = StubExperiment(observe: { variant, context in
                    heard.withLock { $0["\(variant) \(context.block)"] = context.seed }
                }) { _, _ in Self.measured(1) }
                _ = try await bench.run(experiment)
            }
            return heard.withLock { $0 }
        }
        let first = try await seeds()
        #expect(first.count == 6 && Set(first.values).count == 6)
        #expect(try await seeds() == first)
        #expect(first["bridge 1"] == TrialSeed.of(run: 5, block: 1, turn: "network=bridge"))
    }

    @Test("variants of one batch share a turn, and each has its own trial")
    func batches() async throws {
        try await withBench { bench async throws in
            let experiment = StubExperiment(networks: ["a", "b", "c"], batches: ["a": "pair", "c": "pair"]) { _, _ in
                Self.measured(1)
            }
            let summary = try await bench.run(experiment)
            #expect(summary.completed == 9)
            let trials = try bench.store.trials(runID: summary.runID)
            for block in 1...3 {
                let ofBlock = trials.filter { $0.block == block }
                #expect(Set(ofBlock.map(\.position)) == [1, 2, 3])
                let pair = ofBlock.filter { $0.factors["network"] != "b" }
                #expect(Set(pair.map(\.startedAt)).count == 1)
                #expect(abs(pair[0].position - pair[1].position) == 1)
            }
        }
    }

    @Test(
        "a condition is applied and proven before its trial, its effect is kept, and a trial without it is not believed"
    )
    func conditions() async throws {
        let place = Place.node(0, of: "bridge")
        let load = PlacedCondition(ProcessorLoad(processors: 2), at: place)
        let effect = Sample(metric: ConditionMetrics.processorLoad.name, value: 1.9)
        let holds = ScriptedTestbed([place: [.ready(port: 0, tool: "load", version: "1"), .sample(effect), .done]])
        try await withBench(holds) { bench async throws in
            let summary = try await bench.run(
                StubExperiment(networks: ["bridge"], conditions: ["bridge": [load]]) { _, _ in Self.measured(1) })
            #expect(summary.completed == 3)
            let samples = try bench.store.samples(runID: summary.runID).filter { $0.metric == effect.metric }
            #expect(samples.map(\.value) == [1.9, 1.9, 1.9])
            let events = try bench.store.events(runID: summary.runID).filter { $0.name == "condition" }
            #expect(
                events.count == 3 && events.allSatisfy { $0.detail.hasPrefix("load of 2 processors at bridge/node0") })
            #expect(bench.testbed.plans.compactMap { $0.probe as? ProcessorLoad }.count == 3)
        }
        let failure = ProbeEvent.failure(code: FailureCode.unverified.rawValue, message: "kept only 0.1 busy")
        try await withBench(ScriptedTestbed([place: [failure, .done]])) { bench async throws in
            let summary = try await bench.run(
                StubExperiment(networks: ["bridge"], conditions: ["bridge": [load]]) { _, _ in Self.measured(1) })
            #expect(summary.completed == 0 && summary.failures == ["invalid": 3])
            let reason = try #require(try bench.store.trials(runID: summary.runID).first?.reason)
            #expect(reason.contains("did not hold") && reason.contains("kept only 0.1 busy"))
        }
        // It ended while the trial was under way.
        let ends: [ProbeEvent] = [.ready(port: 0, tool: "load", version: "1"), failure, .done]
        try await withBench(ScriptedTestbed([place: ends])) { bench async throws in
            let summary = try await bench.run(
                StubExperiment(networks: ["bridge"], conditions: ["bridge": [load]]) { _, _ in Self.measured(1) })
            #expect(summary.failures == ["invalid": 3])
        }
    }

    @Test("a remark is told once for each variant, and stored with each trial")
    func remarks() async throws {
        let listener = Listener()
        try await withBench { bench async throws in
            let summary = try await bench.run(
                StubExperiment { _, _ in
                    var measurement = Self.measured(1)
                    measurement.remarks = ["one processor"]
                    return measurement
                }, observer: listener)
            #expect(try bench.store.events(runID: summary.runID).count { $0.name == "remark" } == 6)
        }
        let told = listener.events.compactMap { if case .remark(let words) = $0 { words } else { nil } }
        #expect(told.sorted() == ["bridge: one processor", "overlay: one processor"])
    }

    @Test(
        "a run that was interrupted goes on: what is there is not run again, order and seeds are as without the interruption"
    )
    func resumed() async throws {
        func trials(interruptedAfter limit: Int?) async throws -> (trials: [String], seeds: [String: UInt64]) {
            let seeds = Mutex<[String: UInt64]>([:])
            let count = Mutex(0)
            let (stops, stop) = AsyncStream<String>.makeStream()
            return try await withBench(ScriptedTestbed()) { bench async throws in
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
                        return Self.measured(1)
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
        try await withBench { bench async throws in
            let experiment = StubExperiment { _, _ in Self.measured(1) }
            let first = try await bench.run(experiment)
            await #expect(throws: RunError.cannotResume("the kernel is another one")) {
                try await bench.run(
                    experiment,
                    resumes: { earlier, _ in
                        earlier["tool.stub"] == "1" ? "the kernel is another one" : nil
                    })
            }
            #expect(try bench.store.run(first.runID).outcome == .completed)
        }
    }
}
