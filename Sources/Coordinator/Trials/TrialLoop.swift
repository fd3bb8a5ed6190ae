import Contract
import Experiments
import Quantities
import Resources
import Results
import Testbed

/// Runs block after block until every variant is known well enough, and stores each trial as it ends.
struct TrialLoop: Sendable {
    let experiment: any Experiment
    let testbed: any Testbed

    private var recorder: TrialRecorder
    private let schedule: BlockSchedule
    private let repetitions: Repetitions
    private let gate: SettleGate
    private var stopping: StoppingRule
    private var estimate: TimeEstimate
    private let runSeed: UInt64
    /// Why a need is not met here, for those that are not.
    private let unmet: [Need: String]
    private let earlier: EarlierTrials
    private let health: StandInHealth
    private let signals: TrialSignals
    private var number = 0
    private var start = ContinuousClock.now

    init(
        _ experiment: any Experiment,
        on testbed: any Testbed,
        seed: UInt64,
        recorder: TrialRecorder,
        unmet: [Need: String] = [:],
        earlier: EarlierTrials = EarlierTrials(),
        health: StandInHealth = StandInHealth(),
        signals: TrialSignals = TrialSignals()
    ) {
        self.signals = signals
        self.health = health
        self.experiment = experiment
        self.testbed = testbed
        self.recorder = recorder
        repetitions = experiment.repetitions
        self.unmet = unmet
        self.earlier = earlier
        runSeed = seed
        schedule = BlockSchedule(seed: seed)
        gate = SettleGate(rule: experiment.settle) { try await testbed.machineReading() }
        stopping = StoppingRule(
            rule: experiment.repetitions,
            comparedFactor: experiment.design.comparedFactor,
            decidingMetrics: experiment.decidingMetrics,
            seed: seed
        )
        estimate = TimeEstimate(experiment)
    }

    mutating func run() async throws {
        var open = try await skipWhatCannotRun()
        var block = 1
        start = ContinuousClock.now
        while !open.isEmpty {
            try await runBlock(block, open)
            // Nothing of another block could be tested.
            if health.lost != nil || signals.earlyEnd.word != nil { return }
            open.removeAll { (experiment.repetitionLimit(of: $0) ?? .max) <= block }
            let another = estimate.remaining(inBlock: open, blocksAfter: 0, open: [])
            let endings = stopping.endings(
                afterBlock: block, open: open, nextWouldEnd: ContinuousClock.now - start + another)
            let ended = Set(endings.flatMap(\.variants))
            open.removeAll(where: ended.contains)
            try recorder.store.events(
                endings.map { group, _, ending in
                    EventRecord(
                        runID: recorder.runID, name: "group ended",
                        detail: "\(group): \(ending.words(afterBlock: block))")
                })
            block += 1
        }
    }

    // MARK: Blocks and trials

    private mutating func runBlock(_ block: Int, _ open: [Variant]) async throws {
        let order = schedule.order(ofBlock: block, among: open)
        let blocksAfter = repetitions.maximum - block
        var position = 0
        var rest = estimate.remaining(inBlock: order, blocksAfter: 0, open: [])
        for batch in batches(of: order) {
            try Task.checkCancellation()
            var positions: [Variant: Int] = [:]
            var missing: [Variant] = []
            let timeLeft = timeLeft(after: rest, block: block, open)
            rest -= estimate.remaining(inBlock: batch, blocksAfter: 0, open: [])
            for variant in batch {
                number += 1
                position += 1
                positions[variant] = position
                if takeEarlier(variant, block: block) { continue }
                missing.append(variant)
                recorder.observer.observe(
                    .trialStarted(
                        number: number,
                        of: number + order.count - position + open.count * blocksAfter,
                        variant: variant.description,
                        block: block,
                        timeLeft: timeLeft
                    )
                )
            }
            if !missing.isEmpty { try await runTurn(of: missing, at: positions, block: block) }
            if signals.earlyEnd.word != nil { return }
        }
    }

    /// How long the rest of a block and the blocks after it will take.
    private func timeLeft(after rest: Duration, block: Int, _ open: [Variant]) -> Duration {
        func until(_ last: Int) -> Duration {
            rest + estimate.remaining(inBlock: [], blocksAfter: max(0, last - block), open: open)
        }
        guard let within = repetitions.within?.duration else { return until(repetitions.maximum) }
        return max(until(repetitions.minimum), min(until(repetitions.maximum), within - (ContinuousClock.now - start)))
    }

    /// Counts a trial that the run has had already; false where it has to be run.
    private mutating func takeEarlier(_ variant: Variant, block: Int) -> Bool {
        guard let trial = earlier.trial(of: variant, block: block) else { return false }
        if trial.outcome == .completed {
            stopping.record(trial.measurement, of: variant)
            recorder.tally.countCompleted()
        } else {
            recorder.tally.count(trial.outcome.rawValue)
        }
        return true
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

    private mutating func runTurn(of batch: [Variant], at positions: [Variant: Int], block: Int) async throws {
        let clock = ContinuousClock()
        let gateStart = clock.now
        let finding = try await gate.wait()
        let startedAt = Timestamp.now()
        let before = try await testbed.machineReading()
        let turn =
            health.lost == nil
            ? await Turn(of: batch, block: block, runSeed: runSeed, experiment, testbed, signals)
            : Turn(nothingOf: batch)
        let after = try await testbed.machineReading()
        // A trial that was cancelled half way says nothing about the network.
        try Task.checkCancellation()
        let endedAt = Timestamp.now()
        let surroundings = MachineMetrics.samples(from: before, to: after) + turn.effects.flatMap(\.samples)
        let events =
            (finding.isQuiet ? [] : [Measurement.Event(name: "not settled", detail: finding.words)])
            + (try turn.effects.map { Measurement.Event(name: Span.name, detail: try $0.span.json()) })
        for variant in batch {
            estimate.record((clock.now - gateStart) / batch.count, of: variant)
            let trial = TrialRecord(
                runID: recorder.runID,
                variant: variant.key,
                factors: variant.factors,
                block: block,
                position: positions[variant] ?? 0,
                startedAt: startedAt,
                endedAt: endedAt,
                outcome: .completed
            )
            // What was found while something was lost may be found because of that.
            switch health.lost.map({ .failure(TrialFailure(.failed, $0)) }) ?? turn.result(of: variant) {
            case .success(let measurement):
                stopping.record(measurement, of: variant)
                try recorder.record(trial, measurement, of: variant, around: surroundings, events)
            case .failure(let failure):
                recorder.record(trial, failure, of: variant, events)
            }
        }
        try recorder.commit()
    }

    /// Variants that cannot be measured here are recorded once, with the reason.
    private mutating func skipWhatCannotRun() async throws -> [Variant] {
        var open: [Variant] = []
        for variant in experiment.variants {
            guard let reason = await reasonToSkip(variant) else {
                open.append(variant)
                continue
            }
            if takeEarlier(variant, block: 0) { continue }
            let now = Timestamp.now()
            let trial = TrialRecord(
                runID: recorder.runID,
                variant: variant.key,
                factors: variant.factors,
                block: 0,
                position: 0,
                startedAt: now,
                endedAt: now,
                outcome: .skipped
            )
            recorder.record(trial, TrialFailure(.skipped, reason), of: variant)
            try recorder.commit()
        }
        return open
    }

    private func reasonToSkip(_ variant: Variant) async -> String? {
        let words = experiment.requirements(of: variant).compactMap { unmet[$0.need] }
        return words.isEmpty ? await experiment.obstacle(to: variant, on: testbed) : words.joined(separator: "; ")
    }
}
