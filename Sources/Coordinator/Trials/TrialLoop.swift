import Contract
import Experiments
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
    private let runSeed: UInt64
    /// Why a need is not met here, for those that are not.
    private let unmet: [Need: String]
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
        unmet: [Need: String] = [:]
    ) {
        self.runID = runID
        self.repetitions = repetitions
        self.experiment = experiment
        self.testbed = testbed
        self.store = store
        self.observer = observer
        self.tally = tally
        self.unmet = unmet
        runSeed = seed
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
        var position = 0
        for batch in batches(of: order) {
            try Task.checkCancellation()
            let blocksAfter = repetitions.maximum - block
            for (index, variant) in batch.enumerated() {
                number += 1
                observer.observe(
                    .trialStarted(
                        number: number,
                        of: number + order.count - position - index - 1 + open.count * blocksAfter,
                        variant: variant.description,
                        block: block,
                        timeLeft: estimate.remaining(
                            inBlock: order[(position + index)...], blocksAfter: blocksAfter, open: open)
                    )
                )
            }
            try await runTrials(of: batch, block: block, position: position + 1)
            position += batch.count
        }
    }

    /// The variants by turns: those of one batch stand where the first of them does.
    private func batches(of order: [Variant]) -> [[Variant]] {
        var places: [String: Int] = [:]
        var batches: [[Variant]] = []
        for variant in order {
            if let name = experiment.batch(of: variant) {
                if let place = places[name] {
                    batches[place].append(variant)
                    continue
                }
                places[name] = batches.count
            }
            batches.append([variant])
        }
        return batches
    }

    private mutating func runTrials(of batch: [Variant], block: Int, position: Int) async throws {
        let clock = ContinuousClock()
        let gateStart = clock.now
        let finding = try await gate.wait()
        let startedAt = Timestamp.now()
        let before = try await testbed.machineReading()
        let turn = await measure(batch, block: block)
        let after = try await testbed.machineReading()
        // A trial that was cancelled half way says nothing about the network.
        try Task.checkCancellation()
        let endedAt = Timestamp.now()
        let machine = MachineMetrics.samples(from: before, to: after)
        for (index, variant) in batch.enumerated() {
            estimate.record((clock.now - gateStart) / batch.count, of: variant)
            var trial = TrialRecord(
                runID: runID,
                variant: variant.key,
                factors: variant.factors,
                block: block,
                position: position + index,
                startedAt: startedAt,
                endedAt: endedAt,
                outcome: .completed
            )
            var events: [String: [String]] = [:]
            if !finding.isQuiet { events["not settled"] = [words(for: finding)] }
            events["condition"] = turn.effects.map(words)
            switch turn.results[variant] ?? .failure(TrialFailure(.failed, "the batch has no result of it")) {
            case .success(let measurement):
                try record(measurement, of: variant, in: trial, machine + turn.effects.flatMap(\.samples), &events)
            case .failure(let failure):
                trial.outcome = failure.outcome
                trial.reason = failure.reason
                try record(trial, failure.samples, [:], failure.artifacts, events)
                note(failure, of: variant)
            }
        }
    }

    private mutating func record(
        _ measurement: Measurement,
        of variant: Variant,
        in trial: TrialRecord,
        _ surroundings: [Sample],
        _ events: inout [String: [String]]
    ) throws {
        stopping.record(measurement, of: variant)
        events["remark"] = measurement.remarks
        tell(measurement.remarks, about: variant)
        for event in measurement.events { events[event.name, default: []].append(event.detail) }
        try record(trial, measurement.samples + surroundings, measurement.histograms, measurement.artifacts, events)
        tally.countCompleted()
    }

    private struct Turn: Sendable {
        var results: [Variant: Result<Measurement, TrialFailure>]
        var effects: [ConditionHold.Effect] = []

        static func failed(_ batch: [Variant], _ failure: TrialFailure) -> Turn {
            Turn(results: Dictionary(batch.map { ($0, .failure(failure)) }, uniquingKeysWith: { first, _ in first }))
        }
    }

    private func measure(_ batch: [Variant], block: Int) async -> Turn {
        guard let first = batch.first else { return Turn(results: [:]) }
        let deadline = batch.map(experiment.deadline).max() ?? .zero
        let context = TrialContext(
            testbed: testbed,
            seed: TrialSeed.of(run: runSeed, block: block, turn: experiment.batch(of: first) ?? first.key),
            block: block,
            deadline: deadline
        )
        // The probes end themselves first; this is for a testbed that does not come back.
        let patience = deadline + .seconds(10)
        let hold = ConditionHold(testbed: testbed, deadline: patience, seed: context.seed)
        do {
            let turn = try await withDeadline(patience) { [experiment] in
                let held = try await hold.hold(experiment.conditions(of: first)) {
                    await experiment.measure(batch: batch, in: context)
                }
                return Turn(results: held.value, effects: held.effects)
            }
            return turn ?? .failed(batch, TrialFailure(.timedOut, "it did not end within \(patience)"))
        } catch let failure as TrialFailure {
            return .failed(batch, failure)
        } catch {
            return .failed(batch, TrialFailure(.failed, "\(error)"))
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
        let words = experiment.requirements(of: variant).compactMap { unmet[$0.need] }
        return words.isEmpty ? await experiment.obstacle(to: variant, on: testbed) : words.joined(separator: "; ")
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

    private func words(_ effect: ConditionHold.Effect) -> String {
        effect.samples.reduce(effect.words) { "\($0), \($1.metric) \($1.value)" }
    }

    private func words(for finding: SettleGate.Finding) -> String {
        "background \(percent(finding.background)) and stolen \(percent(finding.stolen)) of all processors"
    }

    private func percent(_ ratio: Double) -> String {
        "\((ratio * 1000).rounded() / 10) %"
    }
}
