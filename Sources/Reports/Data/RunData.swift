public import Contract
public import Results
import Statistics

/// One run as it was recorded: everything that a report shows, and nothing else.
public struct RunData: Sendable, Equatable {
    /// Something that happened during the run.
    public struct Event: Sendable, Equatable {
        /// When it happened, ISO 8601, UTC.
        public var at: String
        /// The trial it belongs to, if any.
        public var trialID: String?
        /// What happened, in one or two words.
        public var name: String
        /// The details, free text or JSON.
        public var detail: String

        /// Makes an event.
        public init(at: String, trialID: String? = nil, name: String, detail: String) {
            self.at = at
            self.trialID = trialID
            self.name = name
            self.detail = detail
        }
    }

    /// A run that is a step of another.
    public struct Step: Sendable, Equatable {
        /// The step's name.
        public var name: String
        /// When it began, in seconds since the run that it is a step of did.
        public var start: Double
        /// When it ended.
        public var end: Double
        /// What was recorded of it.
        public var run: RunData
    }

    /// The identifier, sorting by time.
    public var id: String
    /// The kind of the resource that was run.
    public var kind: String
    /// The name of the resource.
    public var name: String
    /// Where it ran: `local` or `kubernetes`.
    public var testbed: String
    /// The seed that ordered the trials; reports seed their bootstrap with it.
    public var seed: UInt64
    /// When it started, ISO 8601, UTC.
    public var startedAt: String
    /// When it ended; nil when it never did.
    public var endedAt: String?
    /// How it ended.
    public var outcome: RunOutcome
    /// The resource as JSON.
    public var resource: String
    /// The version of the program that measured.
    public var toolVersion: String
    /// The labels given to the run.
    public var labels: [String: String]
    /// The factors and what is compared.
    public var design: Design
    /// The fingerprint of where it ran.
    public var environment: [String: String]
    /// The trials in the order in which they ran.
    public var trials: [RunTrial]
    /// The metrics, in the order in which reports show them.
    public var metrics: [Metric]
    /// The events in order of time.
    public var events: [Event]

    /// The runs that are steps of it, by time.
    public var steps: [Step] = []

    /// Makes run data from its parts; `load` is the usual way.
    public init(
        id: String, kind: String, name: String, testbed: String, seed: UInt64, startedAt: String, endedAt: String?,
        outcome: RunOutcome, resource: String, toolVersion: String, labels: [String: String] = [:], design: Design,
        environment: [String: String], trials: [RunTrial], metrics: [Metric], events: [Event] = []
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.testbed = testbed
        self.seed = seed
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.outcome = outcome
        self.resource = resource
        self.toolVersion = toolVersion
        self.labels = labels
        self.design = design.completed(by: trials)
        self.environment = environment
        self.trials = trials
        self.metrics = metrics
        self.events = events
    }

    /// One value a completed trial of a metric at one combination of levels.
    func values(of metric: String, at levels: [String: String]) -> [Observation] {
        trials.filter { $0.factors == levels }.compactMap { $0.outcome(of: metric) }
    }

    /// Whether a metric's samples are nothing but time-outs, as those beside a histogram are: a median of them would
    /// show how long was waited, and not what is typical.
    ///
    /// Not asked of judged metrics, since lower bounds can be judged.
    func holdsOnlyTimeOuts(_ metric: Metric) -> Bool {
        guard !metric.judged else { return false }
        let samples = trials.filter { $0.outcome == .completed }.flatMap { $0.samples[metric.name] ?? [] }
        return !samples.isEmpty && samples.allSatisfy(\.censored)
    }
}
