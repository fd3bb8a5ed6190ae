import CLibnl
public import LinuxHost

/// A netlink socket for the packet counters with a name (`nfnetlink_acct`) of one network namespace, usable from any
/// thread.
///
/// Rules of iptables count in such an object with `-m nfacct`, and it has to be there before them.
public final class AccountingSocket: Sendable {
    private let socket: NetlinkSocket

    /// Opens a socket inside a namespace; the calling thread stays where it is.
    public init(
        in namespace: borrowing NetworkNamespace, timeout: Duration = NetlinkSocket.defaultTimeout
    ) throws(NetlinkError) {
        socket = NetlinkSocket(try OpenedSocket.open(NETLINK_NETFILTER, in: namespace, timeout: timeout))
    }

    /// The names of all counters (`NFNL_MSG_ACCT_GET`); throws where the kernel has no such counters.
    public func names() throws(NetlinkError) -> [String] {
        let words = RequestWords(operation: "list", object: "packet counters")
        return try socket.withConnection { (connection) throws(NetlinkError) in
            var names: [String] = []
            try connection.exchange(
                words, type: Self.type(NFNL_MSG_ACCT_GET), flags: NLM_F_DUMP, Self.header
            ) { message in
                guard message.body.count > Self.headerLength else { return }
                let attributes = UnsafeRawBufferPointer(rebasing: message.body[Self.headerLength...])
                for attribute in AttributeReader(attributes) where attribute.type == Self.nameAttribute {
                    names.append(attribute.text)
                }
            }
            return names
        }
    }

    /// Makes a counter that starts at 0, unless one of that name is there (`NFNL_MSG_ACCT_NEW`).
    public func ensure(_ name: String) throws(NetlinkError) {
        do throws(NetlinkError) {
            try change(NFNL_MSG_ACCT_NEW, flags: NLM_F_CREATE, "make", name)
        } catch {
            // How this part of the kernel says that it is there.
            guard error.code == NLE_BUSY || error.isAlreadyThere else { throw error }
        }
    }

    /// Takes a counter away (`NFNL_MSG_ACCT_DEL`); one that a rule counts in stays, and that is an error.
    public func delete(_ name: String) throws(NetlinkError) {
        try change(NFNL_MSG_ACCT_DEL, flags: 0, "delete", name)
    }

    private func change(
        _ command: nfnl_acct_msg_types, flags: Int32, _ operation: String, _ name: String
    ) throws(NetlinkError) {
        let words = RequestWords(operation: operation, object: "packet counter \(name)")
        try socket.withConnection { (connection) throws(NetlinkError) in
            try connection.exchange(
                words, type: Self.type(command), flags: flags,
                {
                    Self.header(&$0)
                    $0.attribute(Self.nameAttribute, text: name)
                }, visit: { _ in })
        }
    }

    private static let nameAttribute = Int(NFACCT_NAME.rawValue)

    /// `struct nfgenmsg`: the family, the version, and a number that means nothing here.
    private static let headerLength = 4

    private static func header(_ writer: inout MessageWriter) {
        writer.append(UInt8(AF_UNSPEC))
        writer.append(UInt8(NFNETLINK_V0))
        writer.append(UInt16(0))
    }

    private static func type(_ command: nfnl_acct_msg_types) -> UInt16 {
        // nfnetlink has the subsystem in the upper byte of the type.
        UInt16(NFNL_SUBSYS_ACCT) << 8 | UInt16(command.rawValue)
    }
}
