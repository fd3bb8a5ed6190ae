/// The operations a runtime asks of a plugin, as `CNI_COMMAND` names them.
public enum CNICommand: String, Sendable, Hashable, CaseIterable {
    /// Attach a container to the network.
    case add = "ADD"
    /// Check that an attachment is as `ADD` left it.
    case check = "CHECK"
    /// Detach a container; without effect when it is not attached.
    case delete = "DEL"
    /// Tell whether the plugin is ready for ADD; from version 1.1.0 on.
    case status = "STATUS"
    /// Free what belongs to no attachment that is still valid; from version 1.1.0 on.
    case collectGarbage = "GC"
    /// Tell the supported versions of the specification.
    case version = "VERSION"

    /// The member of a list by which runtimes leave the operation out, where there is one.
    var disablingMember: String? {
        switch self {
        case .check: "disableCheck"
        case .collectGarbage: "disableGC"
        case .add, .delete, .status, .version: nil
        }
    }
}
