/// One member of an object.
public struct JSONMember: Sendable, Equatable {
    /// The name, with escapes resolved.
    public let name: String
    /// Where the name begins.
    public let position: JSONPosition
    /// The value.
    public let value: JSONNode
}
