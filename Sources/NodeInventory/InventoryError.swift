public import Netlink
public import Processes

/// What there is on a node could not be listed; what failed says with which operation, on what, and what to do.
public enum InventoryError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kernel refused to list something.
    case kernel(NetlinkError)
    /// A program that prints tables could not be run to its end.
    case tool(ProcessError)

    /// The sentence of what failed.
    public var description: String {
        switch self {
        case .kernel(let error): error.description
        case .tool(let error): error.description
        }
    }
}
