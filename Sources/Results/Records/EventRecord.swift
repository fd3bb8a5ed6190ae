/// Something that happened during a run and is no measurement: a row of `events`.
public struct EventRecord: Sendable, Hashable, Codable {
    /// The run that it happened in.
    public var runID: String
    /// The trial that it concerns, which need not have ended and so need not have a row yet.
    public var trialID: String?
    /// When it happened.
    public var at: Timestamp
    /// What happened, in one word, for example `settled`.
    public var name: String
    /// More about it, for people or as JSON.
    public var detail: String

    /// Makes an event of a run.
    public init(runID: String, trialID: String? = nil, at: Timestamp = .now(), name: String, detail: String = "") {
        self.runID = runID
        self.trialID = trialID
        self.at = at
        self.name = name
        self.detail = detail
    }
}
