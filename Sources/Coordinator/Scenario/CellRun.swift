import Contract
import Experiments
import Resources
import Results
import Testbed

/// All steps of a scenario once, with the levels of one cell.
struct CellRun: Sendable {
    let plan: ScenarioPlan
    let store: any RunArchive
    let options: RunOptions
    let observer: any RunObserver
    let unmet: [Need: String]
    let runID: String
    let seed: UInt64
    let testbed: any Testbed
    let gate: LeftoverGate
    let tally: TrialTally
    /// The interruption of the whole scenario.
    let signal: EndSignal
    let block: Int
    /// The cell's place among all cells.
    let cell: Int

    let board = StepBoard()
    /// What ends the steps in the background.
    let stagesOver = EndSignal()
    let results: [String: StepResults]

    init(
        plan: ScenarioPlan, store: any RunArchive, options: RunOptions, observer: any RunObserver,
        unmet: [Need: String],
        runID: String, seed: UInt64, testbed: any Testbed, gate: LeftoverGate, tally: TrialTally, signal: EndSignal,
        block: Int, cell: Int
    ) {
        self.plan = plan
        self.store = store
        self.options = options
        self.observer = observer
        self.unmet = unmet
        self.runID = runID
        self.seed = seed
        self.testbed = testbed
        self.gate = gate
        self.tally = tally
        self.signal = signal
        self.block = block
        self.cell = cell
        results = Dictionary(plan.scenario.spec.steps.map { ($0.name, StepResults()) }) { first, _ in first }
    }

    private var isInterrupted: Bool { signal.word != nil || Task.isCancelled }

    /// Runs the steps; returns why nothing can be measured on this testbed any more, when something was left on it.
    func run() async throws -> String? {
        let spec = plan.scenario.spec
        let before = await gate.look()
        for (place, reason) in before.unseen.sorted(by: { $0.key.description < $1.key.description }) {
            try store.event(EventRecord(runID: runID, name: "not watched", detail: "\(place): \(reason)"))
        }
        var state = State()
        let ends = try await withThrowingTaskGroup(of: (String, StepEnd).self) { group in
            for step in spec.background {
                group.addTask { (step.name, try await StepRun(step: step, role: .background, cell: self).run()) }
            }
            for step in spec.background where step.beginsAtOnce {
                if await board.wait(for: .condition(.holding), of: step.name) == .never {
                    state.broken = state.broken ?? "\(step.name), which goes on in the background, did not come to hold"
                }
            }
            for stage in spec.stages where !isInterrupted {
                try await run(stage, &state, watchedFrom: spec.background.isEmpty ? before : nil)
            }
            // Whoever waits for a step that is not run any more is not to wait for ever.
            for step in spec.stages.flatMap(\.self) where !board.isTrue(.end, of: step.name) {
                board.end(step.name, well: false)
            }
            stagesOver.give(MeasuredRun.endOfSteps)
            var ends: [String: StepEnd] = [:]
            for try await (name, end) in group { ends[name] = end }
            return ends
        }
        if !spec.background.isEmpty, state.spoiled == nil {
            let all = spec.background + spec.stages.flatMap(\.self)
            state.spoiled = Self.words(await leftovers(before), of: all)
        }
        for step in spec.background {
            if let end = ends[step.name] { try conclude(step, end, spoiled: state.spoiled) }
        }
        for step in spec.finally { try await runLast(step, &state, before) }
        return state.spoiled
    }

    private struct State {
        /// Why steps are not run any more in this cell.
        var broken: String?
        /// Why none is run any more in the whole scenario.
        var spoiled: String?
    }

    private func run(
        _ stage: [Scenario.Step], _ state: inout State,
        watchedFrom before: (things: StandingThings, unseen: [Place: String])?
    ) async throws {
        if let reason = state.spoiled ?? state.broken {
            try skip(stage, reason)
            return
        }
        let ends = try await withThrowingTaskGroup(of: (String, StepEnd).self) { group in
            for step in stage {
                group.addTask { (step.name, try await StepRun(step: step, role: .stage, cell: self).run()) }
            }
            var ends: [String: StepEnd] = [:]
            for try await (name, end) in group { ends[name] = end }
            return ends
        }
        // A stage that measured nothing changed nothing.
        if let before, stage.contains(where: { $0.work != nil }), !isInterrupted {
            state.spoiled = Self.words(await leftovers(before), of: stage)
        }
        for step in stage {
            guard let end = ends[step.name] else { continue }
            let isGood = try conclude(step, end, spoiled: step.work == nil ? nil : state.spoiled)
            if !isGood { state.broken = state.broken ?? "the step \(step.name) before it did not complete" }
        }
    }

    private func runLast(
        _ step: Scenario.Step, _ state: inout State, _ before: (things: StandingThings, unseen: [Place: String])
    ) async throws {
        let end = try await StepRun(step: step, role: .last, cell: self).run()
        var spoiled: String?
        if state.spoiled == nil, step.work != nil, !isInterrupted {
            spoiled = Self.words(await leftovers(before), of: [step])
            state.spoiled = spoiled
        }
        try conclude(step, end, spoiled: spoiled)
    }

    // MARK: What is left

    private func leftovers(_ before: (things: StandingThings, unseen: [Place: String])) async -> [String] {
        let after = await gate.look(without: Set(before.unseen.keys))
        return after.things.differences(from: before.things)
            + after.unseen.sorted { $0.key.description < $1.key.description }.map {
                "\($0.key) cannot be seen: \($0.value)"
            }
    }

    private static let listed = 5

    private static func words(_ differences: [String], of steps: [Scenario.Step]) -> String? {
        guard !differences.isEmpty else { return nil }
        let names = steps.filter { $0.work != nil }.map(\.name)
        let who = names.count == 1 ? "the step \(names[0])" : "one of the steps \(names.joined(separator: ", "))"
        let more = differences.count > listed ? ", and \(differences.count - listed) more" : ""
        return "\(who) left the testbed other than it was: \(differences.prefix(listed).joined(separator: ", "))\(more)"
    }

    // MARK: Results

    /// Records steps that are not run, with the reason.
    func skip(_ steps: [Scenario.Step], _ reason: String) throws {
        let now = Timestamp.now()
        for step in steps {
            board.end(step.name, well: false)
            results[step.name]?.end(StepEnd.skipped)
            try record(step, StepEnd(outcome: .skipped, reason: reason, startedAt: now, endedAt: now), [])
        }
    }

    /// Judges a step that has ended and records it; answers whether steps after it can be run.
    @discardableResult
    private func conclude(_ step: Scenario.Step, _ end: StepEnd, spoiled: String?) throws -> Bool {
        // As with trials: what was cut off half way says nothing.
        guard !end.isInterrupted else { return false }
        var end = end
        var findings: [Finding] = []
        if end.runID != nil || step.work == nil, end.outcome != .skipped || !step.expectations.isEmpty {
            findings = self.findings(of: step)
            if end.outcome == .skipped { end.outcome = .failed }
        }
        if end.outcome == .failed, end.measured, step.expectations.contains(where: { $0.judgesOutcome(of: step.name) })
        {
            end.outcome = .completed
            end.reason = nil
        }
        if let spoiled {
            end.outcome = .invalid
            end.reason = spoiled
        }
        try record(step, end, findings)
        return end.isGood
    }

    private func findings(of step: Scenario.Step) -> [Finding] {
        let judge = ExpectationJudge(
            results: results.mapValues(\.state), cell: plan.cells[cell],
            seed: TrialSeed.of(run: seed, block: block, turn: step.name))
        var findings = step.expectations.map(judge.finding)
        guard let state = results[step.name]?.state,
            !step.expectations.contains(where: { $0.judgesFindings(of: step.name) })
        else { return findings }
        let judged = state.trials.flatMap(\.findings).filter { $0.properties["verdict"] != nil }
        let failed = judged.filter(\.isFailure)
        if !judged.isEmpty {
            findings.append(
                Finding(
                    check: "findings", expected: "all findings of \(step.name) as expected",
                    found: failed.isEmpty ? "all \(judged.count)" : "\(failed.count) of \(judged.count) are not",
                    detail: failed.prefix(Self.listed).map(\.words).joined(separator: "; "),
                    verdict: failed.isEmpty ? .passed : .failed))
        }
        return findings
    }

    private func record(_ step: Scenario.Step, _ end: StepEnd, _ findings: [Finding]) throws {
        let variant = plan.variant(of: step.name, in: plan.cells[cell])
        let position = (plan.scenario.spec.steps.firstIndex { $0.name == step.name } ?? 0) + 1
        let trial = TrialRecord(
            runID: runID, variant: variant.key, factors: variant.factors, block: block, position: position,
            startedAt: end.startedAt, endedAt: end.endedAt, outcome: end.outcome, reason: end.reason)
        var events = try findings.map {
            EventRecord(runID: runID, trialID: trial.id, name: Finding.name, detail: try $0.json())
        }
        if let run = end.runID {
            events.append(EventRecord(runID: runID, trialID: trial.id, name: "step run", detail: run))
        }
        try store.record(trial: trial, samples: [], histograms: [], artifacts: [], events: events)
        if end.outcome == .completed {
            tally.countCompleted()
        } else {
            tally.count(end.outcome.rawValue)
            observer.observe(
                .trialFailed(variant: variant.description, outcome: end.outcome.rawValue, reason: end.reason ?? ""))
        }
    }
}
