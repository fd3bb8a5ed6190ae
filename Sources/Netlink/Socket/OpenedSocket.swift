import CLibnl
import LinuxHost

/// A socket on its way from the thread that opened it to its one owner.
struct OpenedSocket: @unchecked Sendable {
    let socket: OpaquePointer
    let refusal: UnsafeMutablePointer<nm_nl_refusal>

    /// Opens a netlink socket in the namespace of the calling thread; every wait on it ends after `timeout`.
    static func open(_ family: Int32, timeout: Duration) throws(NetlinkError) -> OpenedSocket {
        let refusal = UnsafeMutablePointer<nm_nl_refusal>.allocate(capacity: 1)
        refusal.initialize(to: nm_nl_refusal())
        var socket: OpaquePointer?
        let milliseconds = timeout.components.seconds * 1000 + timeout.components.attoseconds / 1_000_000_000_000_000
        // At least 1 ms: a time-out of 0 waits for ever.
        let result = nm_nl_open(family, Int32(clamping: max(milliseconds, 1)), refusal, &socket)
        guard result == 0, let socket else {
            refusal.deallocate()
            throw NetlinkError(
                operation: "open", object: "a netlink socket", code: -result,
                message: String(cString: nl_geterror(-result)), hint: NetlinkError.hint(for: -result)
            )
        }
        return OpenedSocket(socket: socket, refusal: refusal)
    }

    /// The same inside a namespace; the calling thread stays where it is.
    static func open(
        _ family: Int32, in namespace: borrowing NetworkNamespace, timeout: Duration
    ) throws(NetlinkError) -> OpenedSocket {
        try namespace.run(failure: NetlinkSocket.enteringFailed) { () throws(NetlinkError) in
            try open(family, timeout: timeout)
        }
    }
}
