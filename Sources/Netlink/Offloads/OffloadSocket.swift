import CLibnl
public import LinuxHost

/// A generic netlink socket that reads and changes what the interfaces of one network namespace leave to their devices (`ethtool`).
public final class OffloadSocket: Sendable {
    private let socket: NetlinkSocket
    private let family: UInt16

    /// Opens a socket inside a namespace and asks for the family; the calling thread stays where it is.
    public init(
        in namespace: borrowing NetworkNamespace, timeout: Duration = NetlinkSocket.defaultTimeout
    ) throws(NetlinkError) {
        socket = NetlinkSocket(try OpenedSocket.open(NETLINK_GENERIC, in: namespace, timeout: timeout))
        family = try socket.withConnection { (connection) throws(NetlinkError) in
            try connection.genericFamily(
                named: "ethtool", hint: "Use Linux 5.6 or later, with CONFIG_ETHTOOL_NETLINK")
        }
    }

    /// What the interface with this index has, wants and uses.
    public func state(ofLinkWithIndex index: Int, named name: String) throws(NetlinkError) -> OffloadState {
        let words = RequestWords(operation: "read", object: "the offloads of \(name)")
        var state: OffloadState?
        let family = family
        state = try socket.withConnection { (connection) throws(NetlinkError) in
            var found: OffloadState?
            try connection.exchange(words, type: family, flags: 0, { OffloadMessage.get(index, to: &$0) }) { message in
                guard message.type == Int32(family) else { return }
                found = OffloadMessage.state(message.body)
            }
            return found
        }
        guard let state else {
            throw .refused(
                words.operation, words.object, "the kernel's answer was not understood",
                hint: "Report it with the version of the kernel")
        }
        return state
    }

    /// Asks for features to be on or off; the kernel takes it without a word where it cannot, so it has to be read back.
    public func set(
        _ changes: [String: Bool], ofLinkWithIndex index: Int, named name: String
    ) throws(NetlinkError) {
        guard !changes.isEmpty else { return }
        let words = RequestWords(operation: "change", object: "the offloads of \(name)")
        let family = family
        try socket.withConnection { (connection) throws(NetlinkError) in
            try connection.exchange(
                words, type: family, flags: 0,
                { OffloadMessage.set(changes, ofLinkWithIndex: index, to: &$0) }, visit: { _ in })
        }
    }
}
