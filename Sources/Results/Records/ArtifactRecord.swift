/// Something kept as it was, such as the output of a tool: a row of `artifacts`.
public struct ArtifactRecord: Sendable, Hashable, Codable {
    /// The trial that it comes from.
    public var trialID: String
    /// What it is, for example `iperf3-client.json`; several of one name may exist.
    public var name: String
    /// Its media type, for example `application/json`.
    public var mediaType: String
    /// The text itself.
    public var data: String

    /// Makes an artifact of a trial.
    public init(trialID: String, name: String, mediaType: String, data: String) {
        self.trialID = trialID
        self.name = name
        self.mediaType = mediaType
        self.data = data
    }
}
