import CLibnl
public import LinuxHost
import Synchronization

/// A route netlink socket of one network namespace, usable from any thread: one request at a time.
///
/// The socket is opened inside its namespace and stays there, so nobody needs to enter the namespace again. The kernel
/// assigns its port, so any number of sockets in any number of namespaces get along. Every wait for the kernel ends
/// after the time-out.
public final class NetlinkSocket: Sendable {
    /// How long a request waits for the kernel's answer if nothing else is said.
    public static let defaultTimeout: Duration = .seconds(5)

    private let connection: Mutex<Connection>

    /// Opens a socket in the namespace of the calling thread.
    public convenience init(timeout: Duration = defaultTimeout) throws(NetlinkError) {
        self.init(try OpenedSocket.open(NETLINK_ROUTE, timeout: timeout))
    }

    /// Opens a socket inside a namespace; the calling thread stays where it is.
    public convenience init(
        in namespace: borrowing NetworkNamespace, timeout: Duration = defaultTimeout
    ) throws(NetlinkError) {
        self.init(try OpenedSocket.open(NETLINK_ROUTE, in: namespace, timeout: timeout))
    }

    init(_ opened: OpenedSocket) {
        connection = Mutex(Connection(adopting: opened))
    }

    func withConnection<R: Sendable>(
        _ body: (inout Connection) throws(NetlinkError) -> R
    ) throws(NetlinkError) -> R {
        try connection.withLock { (connection) throws(NetlinkError) in try body(&connection) }
    }

    static func enteringFailed(_ error: HostError) -> NetlinkError {
        let reason = HostError(operation: error.operation, object: error.object, errno: error.errno, hint: "")
        return .refused("open", "a netlink socket", "\(reason)", hint: error.hint)
    }
}
