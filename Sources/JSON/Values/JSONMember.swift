/// One member of an object.
public struct JSONMember: Sendable, Equatable {
    /// The name, with escapes resolved.
    public let name: String
    /// Where the name begins.
    public let position: JSONPosition
    /// What stands behind the colon.
    public let value: JSONNode
}
