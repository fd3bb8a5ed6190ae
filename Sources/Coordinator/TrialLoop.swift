import Contract
import Experiments
import LinuxHost
import Resources
import Results
import Testbed

/// Runs block after block until every variant is known well enough, and stores each trial as it ends.
struct TrialLoop: Sendable {
    let runID: String
    let experiment: any Experiment
    let testbed: any Testbed
    let store: any RunArchive
    let observer: any RunObserver

    private let schedule: BlockSchedule
    private let repetitions: Repetitions
    private let gate: SettleGate
    private var stopping: StoppingRule
    private var estimate: TimeEstimate
    private let tally: TrialTally
    private let lacking: [KernelFeature: String]
    private var number = 0
    private var told: Set<String> = []

    init(
        runID: String,
        seed: UInt64,
        repetitions: Repetitions,
        experiment: any Experiment,
        testbed: any Testbed,
        store: any RunArchive,
        observer: any RunObserver,
        tally: TrialTally,
        lacking: [KernelFeature: String] = [:]
    ) {
        self.runID = runID
        self.repetitions = repetitions
        self.experiment = experiment
        self.testbed = testbed
        self.store = store
        self.observer = observer
        self.tally = tally
        self.lacking = lacking
        schedule = BlockSchedule(seed: seed)
        gate = SettleGate(rule: experiment.settle) { try await testbed.machineReading() }
        stopping = StoppingRule(
            rule: repetitions,
            comparedFactor: experiment.design.comparedFactor,
            decidingMetrics: experiment.decidingMetrics,
            seed: seed
        )
        estimate = TimeEstimate(experiment)
    }

    mutating func run() async throws {
        var open = try await skipWhatCannotRun()
        var block = 1
        while !open.isEmpty {
            try await runBlock(block, open)
            open.removeAll { (experiment.repetitionLimit(of: $0) ?? .max) <= block }
            for (group, variants, ending) in stopping.endings(afterBlock: block, open: open) {
                open.removeAll(where: variants.contains)
                try store.event(
                    EventRecord(runID: runID, name: "group ended", detail: "\(group): \(words(for: ending, block))")
                )
            }
            block += 1
        }
    }

    // MARK: Blocks and trials

    private mutating func runBlock(_ block: Int, _ open: [Variant]) async throws {
        let order = schedule.order(ofBlock: block, among: open)
        for (position, variant) in order.enumerated() {
            try Task.checkCancellation()
            number += 1
            let blocksAfter = repetitions.maximum - block
            observer.observe(
                .trialStarted(
                    number: number,
                    of: number + order.count - position - 1 + open.count * blocksAfter,
                    variant: variant.description,
                    block: block,
                    timeLeft: estimate.remaining(inBlock: order[position...], blocksAfter: blocksAfter, open: open)
                )
            )
            try await runTrial(of: variant, block: block, position: position + 1)
        }
    }

    private mutating func runTrial(of variant: Variant, block: Int, position: Int) async throws {
        let clock = ContinuousClock()
        let gateStart = clock.now
        let finding = try await gate.wait()
        let startedAt = Timestamp.now()
        let before = try await testbed.machineReading()
        let result = await measure(variant)
        let after = try await testbed.machineReading()
        // A trial that was cancelled half way says nothing about the network.
        try Task.checkCancellation()
        estimate.record(clock.now - gateStart, of: variant)
        var trial = TrialRecord(
            runID: runID,
            variant: variant.key,
            factors: variant.factors,
            block: block,
            position: position,
            startedAt: startedAt,
            endedAt: .now(),
            outcome: .completed
        )
        var events: [String: [String]] = [:]
        if !finding.isQuiet { events["not settled"] = [words(for: finding)] }
        switch result {
        case .success(let measurement):
            stopping.record(measurement, of: variant)
            events["remark"] = measurement.remarks
            tell(measurement.remarks, about: variant)
            for event in measurement.events { events[event.name, default: []].append(event.detail) }
            let machine = MachineMetrics.samples(from: before, to: after)
            try record(trial, measurement.samples + machine, measurement.histograms, measurement.artifacts, events)
            tally.countCompleted()
        case .failure(let failure):
            trial.outcome = TrialOutcome(rawValue: failure.outcome.rawValue) ?? .failed
            trial.reason = failure.reason
            try record(trial, failure.samples, [:], failure.artifacts, events)
            note(failure, of: variant)
        }
    }

    private func measure(_ variant: Variant) async -> Result<Measurement, TrialFailure> {
        let deadline = experiment.deadline(for: variant)
        do {
            // The probes end themselves first; this is for a testbed that does not come back.
            let measurement = try await withDeadline(deadline + .seconds(10)) { [experiment, testbed] in
                try await experiment.measure(variant, on: testbed)
            }
            guard let measurement else {
                return .failure(TrialFailure(.timedOut, "it did not end within \(deadline + .seconds(10))"))
            }
            return .success(measurement)
        } catch let failure as TrialFailure {
            return .failure(failure)
        } catch {
            return .failure(TrialFailure(.failed, "\(error)"))
        }
    }

    /// Variants that cannot be measured here are recorded once, with the reason.
    private mutating func skipWhatCannotRun() async throws -> [Variant] {
        var open: [Variant] = []
        for variant in experiment.variants {
            guard let reason = await reasonToSkip(variant) else {
                open.append(variant)
                continue
            }
            let now = Timestamp.now()
            let failure = TrialFailure(.skipped, reason)
            let trial = TrialRecord(
                runID: runID,
                variant: variant.key,
                factors: variant.factors,
                block: 0,
                position: 0,
                startedAt: now,
                endedAt: now,
                outcome: .skipped,
                reason: reason
            )
            try record(trial, [], [:], [], [:])
            note(failure, of: variant)
        }
        return open
    }

    private func reasonToSkip(_ variant: Variant) async -> String? {
        let missing = experiment.kernelFeatures(of: variant).compactMap { lacking[$0] }.sorted()
        return missing.isEmpty ? await experiment.reasonToSkip(variant, on: testbed) : missing.joined(separator: "; ")
    }

    // MARK: Recording

    private func record(
        _ trial: TrialRecord,
        _ samples: [Sample],
        _ histograms: [String: String],
        _ artifacts: [Artifact],
        _ events: [String: [String]]
    ) throws {
        try store.record(
            trial: trial,
            samples: samples.map {
                SampleRecord(trialID: trial.id, metric: $0.metric, value: $0.value, censored: $0.censored)
            },
            histograms: histograms.map { HistogramRecord(trialID: trial.id, metric: $0.key, data: $0.value) },
            artifacts: artifacts.map {
                ArtifactRecord(trialID: trial.id, name: $0.name, mediaType: $0.mediaType, data: $0.text)
            },
            events: events.flatMap { name, details in
                details.map { EventRecord(runID: runID, trialID: trial.id, name: name, detail: $0) }
            }
        )
    }

    /// Says each remark on a variant once: it mostly holds for all of its trials.
    private mutating func tell(_ remarks: [String], about variant: Variant) {
        for remark in remarks where told.insert("\(variant.key): \(remark)").inserted {
            observer.observe(.remark("\(variant): \(remark)"))
        }
    }

    private func note(_ failure: TrialFailure, of variant: Variant) {
        tally.count(failure.outcome.rawValue)
        observer.observe(
            .trialFailed(variant: variant.description, outcome: failure.outcome.rawValue, reason: failure.reason)
        )
    }

    // MARK: Words

    private func words(for ending: StoppingRule.Ending, _ block: Int) -> String {
        switch ending {
        case .precise(let widest):
            "precise enough after \(block) repetitions, widest half-width \(percent(widest))"
        case .maximum(.some(let widest)):
            "maximum of \(block) repetitions reached, widest half-width \(percent(widest))"
        case .maximum(nil):
            "maximum of \(block) repetitions reached, an interval is still unknown"
        }
    }

    private func words(for finding: SettleGate.Finding) -> String {
        "background \(percent(finding.background)) and stolen \(percent(finding.stolen)) of all processors"
    }

    private func percent(_ ratio: Double) -> String {
        "\((ratio * 1000).rounded() / 10) %"
    }
}
