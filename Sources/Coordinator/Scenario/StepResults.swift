import Contract
import Results
import Synchronization

/// What a step has measured and found, for the expectations; filled while it is stored.
final class StepResults: Sendable {
    /// One trial of the step.
    struct Trial: Sendable {
        let factors: [String: String]
        let outcome: TrialOutcome
        let reason: String?
        let samples: [SampleRecord]
        let histograms: [String: String]
        let findings: [Found]
    }

    /// A finding, or what a watch found for a while.
    struct Found: Sendable, Equatable {
        /// What can be asked of it: `kind`, `verdict`, `found`, `expected`, `place`.
        let properties: [String: String]
        let words: String

        private init(_ finding: Finding) {
            var properties = [
                "kind": finding.check, "verdict": finding.verdict.rawValue, "found": finding.found,
                "expected": finding.expected,
            ]
            properties["place"] = finding.place
            self.properties = properties
            words = "expected \(finding.expected), found \(finding.found)"
        }

        private init(_ span: Span) {
            properties = ["kind": span.name, "place": span.place]
            words = "\(span.name) at \(span.place)"
        }

        /// All that one trial, or a run as a whole, found, each once: what a watch saw for a while, with what was said of it, and
        /// verdicts that stand for themselves.
        static func all(in events: [EventRecord]) -> [Found] {
            let verdicts = events.filter { $0.name == Finding.name }.compactMap { try? Finding(json: $0.detail) }
            let spans = events.filter { $0.name == Span.name }.compactMap { try? Span(json: $0.detail) }
                .filter { $0.role == .finding }
            func areSame(_ verdict: Finding, _ span: Span) -> Bool {
                verdict.check == span.name && verdict.place == span.place
            }
            return spans.map { span in
                verdicts.first { areSame($0, span) }.map { Found($0) } ?? Found(span)
            } + verdicts.filter { verdict in !spans.contains { areSame(verdict, $0) } }.map { Found($0) }
        }

        var isFailure: Bool { properties["verdict"] == Finding.Verdict.failed.rawValue }
    }

    /// All of it at one moment.
    struct State: Sendable {
        /// How the step ended; nil while it goes on, and when it never began.
        var outcome: String?
        var trials: [Trial] = []
        /// Findings of the step as a whole, which belong to no trial.
        var findings: [Found] = []
        var metrics: [String: MetricRecord] = [:]
    }

    private let mutex = Mutex(State())

    var state: State { mutex.withLock { $0 } }

    func end(_ outcome: String) { mutex.withLock { $0.outcome = outcome } }

    func take(_ trial: Trial) { mutex.withLock { $0.trials.append(trial) } }

    func take(_ event: EventRecord) {
        guard event.trialID == nil else { return }
        mutex.withLock { $0.findings += Found.all(in: [event]) }
    }

    func define(_ metrics: [MetricRecord]) {
        mutex.withLock { state in
            for metric in metrics { state.metrics[metric.name] = metric }
        }
    }
}

/// Takes in the run of a step: hands everything on to the archive, and keeps what expectations can ask for.
struct StepArchive: RunArchive {
    let archive: any RunArchive
    let results: StepResults

    func begin(_ run: RunRecord) throws(StoreError) { try archive.begin(run) }

    func define(metrics: [MetricRecord]) throws(StoreError) {
        results.define(metrics)
        try archive.define(metrics: metrics)
    }

    func recordEnvironment(runID: String, _ facts: [String: String]) throws(StoreError) {
        try archive.recordEnvironment(runID: runID, facts)
    }

    func event(_ event: EventRecord) throws(StoreError) {
        results.take(event)
        try archive.event(event)
    }

    func record(
        trial: TrialRecord, samples: [SampleRecord], histograms: [HistogramRecord], artifacts: [ArtifactRecord],
        events: [EventRecord]
    ) throws(StoreError) {
        results.take(
            StepResults.Trial(
                factors: trial.factors, outcome: trial.outcome, reason: trial.reason, samples: samples,
                histograms: Dictionary(histograms.map { ($0.metric, $0.data) }) { first, _ in first },
                findings: StepResults.Found.all(in: events)))
        try archive.record(
            trial: trial, samples: samples, histograms: histograms, artifacts: artifacts, events: events)
    }

    func finish(runID: String, outcome: RunOutcome, endedAt: Timestamp) throws(StoreError) {
        try archive.finish(runID: runID, outcome: outcome, endedAt: endedAt)
    }
}
