/// A text kept beside a trial: what a tool printed, for those who want to see for themselves.
public struct Artifact: Sendable, Equatable {
    /// What it is called.
    public var name: String
    /// Its media type, such as `application/json`.
    public var mediaType: String
    /// The whole content, in UTF-8.
    public var text: String

    /// An artifact.
    public init(name: String, mediaType: String, text: String) {
        self.name = name
        self.mediaType = mediaType
        self.text = text
    }
}
