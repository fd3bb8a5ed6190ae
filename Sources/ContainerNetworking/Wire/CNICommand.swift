/// The operations a runtime asks of a plugin, as `CNI_COMMAND` names them.
public enum CNICommand: String, Sendable, Hashable, CaseIterable {
    /// Attach a container to the network.
    case add = "ADD"
    /// Check that an attachment is as `ADD` left it.
    case check = "CHECK"
    /// Detach a container; without effect when it is not attached.
    case delete = "DEL"
    /// Tell the supported versions of the specification.
    case version = "VERSION"
}
