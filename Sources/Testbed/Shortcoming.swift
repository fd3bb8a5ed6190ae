/// Something that this machine or cluster lacks for what was asked, and the way out.
public struct Shortcoming: Sendable, Equatable, CustomStringConvertible {
    /// What is missing.
    public let what: String
    /// What to do about it: a package to install, a setting to change; empty when ``what`` says it.
    public let wayOut: String

    /// A missing thing and its remedy.
    public init(what: String, wayOut: String) {
        self.what = what
        self.wayOut = wayOut
    }

    /// One sentence with both.
    public var description: String { wayOut.isEmpty ? what : "\(what); \(wayOut)" }
}
