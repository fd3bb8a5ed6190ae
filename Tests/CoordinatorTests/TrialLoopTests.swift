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

@Suite("The trials of a run, block by block")
struct TrialLoopTests {
    @Test("a failed trial is stored with its reason and does not end the run")
    func failedTrial() async throws {
        try await RunStage.with { bench async throws in
            let summary = try await bench.run(
                StubExperiment { variant, count throws(TrialFailure) in
                    if variant.description == "overlay", count == 2 {
                        throw TrialFailure(.timedOut, "no reply within 5 s")
                    }
                    return Measurement.measured(1)
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
        try await RunStage.with { bench async throws in
            let summary = try await bench.run(
                StubExperiment(once: ["overlay"]) { variant, _ in
                    var measurement = Measurement.measured(1)
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
        try await RunStage.with { bench async throws in
            let summary = try await bench.run(
                StubExperiment(skipped: ["overlay"]) { _, _ in Measurement.measured(1) }
            )
            #expect(summary.completed == 3)
            #expect(summary.failures == ["skipped": 1])
            #expect(summary.failed == 0)
            #expect(try bench.store.run(summary.runID).outcome == .completed)
        }
    }

    @Test("repetitions go on until the interval is narrow, and the run says why each group ended")
    func adaptive() async throws {
        try await RunStage.with { bench async throws in
            let summary = try await bench.run(
                StubExperiment(
                    networks: ["bridge"],
                    repetitions: Repetitions(minimum: 6, maximum: 40, untilRelativeHalfWidth: Ratio(fraction: 0.05))
                ) { _, count in Measurement.measured(count <= 3 ? Double(count) : 2) }
            )
            #expect((7..<40).contains(summary.completed))
            let endings = try bench.store.events(runID: summary.runID).filter { $0.name == "group ended" }
            #expect(endings.count == 1)
            #expect(endings[0].detail.contains("precise enough after \(summary.completed) repetitions"))
        }
    }

    @Test("a trial on a machine that did not settle is measured, with an event that says what disturbed it")
    func notSettled() async throws {
        try await RunStage.with(ScriptedTestbed(isBusy: true)) { bench async throws in
            let busy = StubExperiment(networks: ["bridge"]) { _, _ in Measurement.measured(1) }
            let summary = try await bench.run(busy)
            #expect(summary.completed == 3)
            let events = try bench.store.events(runID: summary.runID).filter { $0.name == "not settled" }
            #expect(events.map(\.trialID) == (try bench.store.trials(runID: summary.runID)).map(\.id))
            #expect(events.allSatisfy { $0.detail.hasSuffix(" % of all processors") })
        }
        try await RunStage.with { bench async throws in
            let summary = try await bench.run(StubExperiment { _, _ in Measurement.measured(1) })
            #expect(try bench.store.events(runID: summary.runID).allSatisfy { $0.name != "not settled" })
        }
    }

    @Test("a trial that a signal cut short is not stored, not even as a success")
    func cutShort() async throws {
        try await RunStage.with { bench async throws in
            let (starts, continuation) = AsyncStream<Void>.makeStream()
            let summary = try await bench.run(
                StubExperiment(networks: ["bridge"]) { _, count in
                    guard count == 2 else { return Measurement.measured(1) }
                    continuation.yield()
                    // The probe swallows its cancellation and answers with what it has.
                    try? await Task.sleep(for: .seconds(60))
                    return Measurement.measured(2)
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
        try await RunStage.with { bench async throws in
            let summary = try await bench.run(
                StubExperiment(networks: ["bridge"]) { _, count throws(TrialFailure) in
                    guard count == 1 else { return Measurement.measured(1) }
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

    @Test("each trial is announced with its number, how many there can be, its block, and the time that is left")
    func announces() async throws {
        let listener = Listener()
        try await RunStage.with { bench async throws in
            _ = try await bench.run(StubExperiment { _, _ in Measurement.measured(1) }, observer: listener)
        }
        var announced: [(number: Int, of: Int, block: Int, left: Duration)] = []
        for case .trialStarted(let number, let of, _, let block, let left?) in listener.events {
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
        try await RunStage.with { bench async throws in
            _ = try await bench.run(
                StubExperiment(skipped: ["overlay"]) { _, count throws(TrialFailure) in
                    guard count > 1 else { throw TrialFailure(.timedOut, "no reply within 5 s") }
                    return Measurement.measured(1)
                }, observer: listener)
        }
        #expect(
            listener.events.filter { if case .trialFailed = $0 { true } else { false } } == [
                .trialFailed(variant: "overlay", outcome: "skipped", reason: "the tool is not installed"),
                .trialFailed(variant: "bridge", outcome: "timedOut", reason: "no reply within 5 s"),
            ])
    }

    @Test("a trial's seed comes from the run's, the block and the variant alone, and no two are the same")
    func seeds() async throws {
        func seeds() async throws -> [String: UInt64] {
            let heard = Mutex<[String: UInt64]>([:])
            try await RunStage.with { bench async throws in
                let experiment = StubExperiment(observe: { variant, context in
                    heard.withLock { $0["\(variant) \(context.block)"] = context.seed }
                }) { _, _ in Measurement.measured(1) }
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
        try await RunStage.with { bench async throws in
            let experiment = StubExperiment(networks: ["a", "b", "c"], batches: ["a": "pair", "c": "pair"]) { _, _ in
                Measurement.measured(1)
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
        try await RunStage.with(holds) { bench async throws in
            let summary = try await bench.run(
                StubExperiment(networks: ["bridge"], conditions: ["bridge": [load]]) { _, _ in Measurement.measured(1) }
            )
            #expect(summary.completed == 3)
            let samples = try bench.store.samples(runID: summary.runID).filter { $0.metric == effect.metric }
            #expect(samples.map(\.value) == [1.9, 1.9, 1.9])
            let spans = try bench.store.events(runID: summary.runID).filter { $0.name == Span.name }.map {
                try Span(json: $0.detail)
            }
            #expect(spans.count == 3)
            for span in spans {
                #expect(span.role == .condition && span.name == "load of 2 processors" && span.place == "bridge/node0")
                #expect(span.detail == "\(effect.metric) 1.9" && span.end.map { $0 >= span.start } == true)
            }
            #expect(bench.testbed.plans.compactMap { $0.probe as? ProcessorLoad }.count == 3)
        }
        let failure = ProbeEvent.failure(code: FailureCode.unverified.rawValue, message: "kept only 0.1 busy")
        try await RunStage.with(ScriptedTestbed([place: [failure, .done]])) { bench async throws in
            let summary = try await bench.run(
                StubExperiment(networks: ["bridge"], conditions: ["bridge": [load]]) { _, _ in Measurement.measured(1) }
            )
            #expect(summary.completed == 0 && summary.failures == ["invalid": 3])
            let reason = try #require(try bench.store.trials(runID: summary.runID).first?.reason)
            #expect(reason.contains("did not hold") && reason.contains("kept only 0.1 busy"))
        }
        // It ended while the trial was under way.
        let ends: [ProbeEvent] = [.ready(port: 0, tool: "load", version: "1"), failure, .done]
        try await RunStage.with(ScriptedTestbed([place: ends])) { bench async throws in
            let summary = try await bench.run(
                StubExperiment(networks: ["bridge"], conditions: ["bridge": [load]]) { _, _ in Measurement.measured(1) }
            )
            #expect(summary.failures == ["invalid": 3])
        }
    }

    @Test("a condition of which nothing could be told, since no packet came back before it, is not taken on trust")
    func unseen() async throws {
        let (client, server) = (Place.node(0, of: "bridge"), Place.node(1, of: "bridge"))
        let delay = LinkShaping(LinkImpairment(delay: .init(nanoseconds: 1_000_000)))
        let nothing = Artifact(
            name: PathReading.artifact, mediaType: "application/json", text: try PathReading(sent: 11).json())
        let testbed = ScriptedTestbed([
            client: [.ready(port: 0, tool: "netem", version: "1"), .artifact(nothing), .done],
            server: [.ready(port: 7, tool: "echo", version: "1"), .done],
        ])
        try await RunStage.with(testbed) { bench async throws in
            let placed = PlacedCondition(delay, at: client, toward: server)
            let summary = try await bench.run(
                StubExperiment(networks: ["bridge"], conditions: ["bridge": [placed]]) { _, _ in Measurement.measured(1)
                })
            #expect(summary.failures == ["invalid": 3])
            let reason = try #require(try bench.store.trials(runID: summary.runID).first?.reason)
            #expect(reason.contains("no packet came back before it was applied"), "\(reason)")
        }
    }

    @Test("a remark is told once for each variant, and stored with each trial")
    func remarks() async throws {
        let listener = Listener()
        try await RunStage.with { bench async throws in
            let summary = try await bench.run(
                StubExperiment { _, _ in
                    var measurement = Measurement.measured(1)
                    measurement.remarks = ["one processor"]
                    return measurement
                }, observer: listener)
            #expect(try bench.store.events(runID: summary.runID).count { $0.name == "remark" } == 6)
        }
        let told = listener.events.compactMap { if case .remark(let words) = $0 { words } else { nil } }
        #expect(told.sorted() == ["bridge: one processor", "overlay: one processor"])
    }
}
