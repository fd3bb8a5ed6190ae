import CLibnl
public import LinuxHost

/// A netlink socket for the tables of `nf_tables` in one network namespace, usable from any thread.
///
/// Rules are loaded by nft, whose language they are written in; tables are listed and taken away here, which needs no program.
public final class PacketFilterSocket: Sendable {
    private let socket: NetlinkSocket

    /// Opens a socket inside a namespace; the calling thread stays where it is.
    public init(
        in namespace: borrowing NetworkNamespace, timeout: Duration = NetlinkSocket.defaultTimeout
    ) throws(NetlinkError) {
        socket = NetlinkSocket(try OpenedSocket.open(NETLINK_NETFILTER, in: namespace, timeout: timeout))
    }

    /// The tables of all families (`NFT_MSG_GETTABLE`).
    public func tables() throws(NetlinkError) -> [PacketFilterTable] {
        let words = RequestWords(operation: "list", object: "tables of nf_tables")
        return try socket.withConnection { (connection) throws(NetlinkError) in
            for attempt in 1...8 {
                var tables: [PacketFilterTable] = []
                do throws(NetlinkError) {
                    try connection.exchange(
                        words, type: Self.type(NFT_MSG_GETTABLE.rawValue), flags: NLM_F_DUMP,
                        { Self.header(&$0, family: 0, resource: 0) },
                        visit: { message in
                            guard message.body.count > Self.headerLength else { return }
                            let family = message.body[0]
                            let attributes = UnsafeRawBufferPointer(rebasing: message.body[Self.headerLength...])
                            for attribute in AttributeReader(attributes) where attribute.type == Self.tableName {
                                if let family = PacketFilterTable.Family(rawValue: family) {
                                    tables.append(PacketFilterTable(family, attribute.text))
                                }
                            }
                        })
                    return tables
                } catch  where error.code == NLE_DUMP_INTR && attempt < 8 {
                    continue
                }
            }
            return []
        }
    }

    /// Takes a table away with all that is in it (`NFT_MSG_DELTABLE`); one that is absent is an error.
    public func delete(_ table: PacketFilterTable) throws(NetlinkError) {
        let words = RequestWords(operation: "delete", object: "table \(table) of nf_tables")
        try socket.withConnection { (connection) throws(NetlinkError) in
            // A change of nf_tables is a transaction: a beginning, the changes, and an end.
            let first = try connection.takeSequence(3, for: words)
            var writer = MessageWriter()
            let subsystem = UInt16(NFNL_SUBSYS_NFTABLES).bigEndian
            writer.message(type: UInt16(NFNL_MSG_BATCH_BEGIN), flags: NLM_F_REQUEST, sequence: first) {
                Self.header(&$0, family: 0, resource: subsystem)
            }
            writer.message(
                type: Self.type(NFT_MSG_DELTABLE.rawValue), flags: NLM_F_REQUEST | NLM_F_ACK, sequence: first + 1
            ) {
                Self.header(&$0, family: table.family.rawValue, resource: 0)
                $0.attribute(Self.tableName, text: table.name)
            }
            writer.message(type: UInt16(NFNL_MSG_BATCH_END), flags: NLM_F_REQUEST, sequence: first + 2) {
                Self.header(&$0, family: 0, resource: subsystem)
            }
            try connection.send(writer.bytes, for: words)
            var refusal: NetlinkError?
            var isOver = false
            while !isOver {
                try connection.receive(for: words) { message in
                    guard (first...first + 2).contains(message.sequence), message.type == NLMSG_ERROR else { return }
                    let answer = message.answer
                    if answer.errno != 0 { refusal = refusal ?? words.error(answer.errno, answer.sentence) }
                    isOver = true
                }
            }
            if let refusal { throw refusal }
        }
    }

    private static let tableName = Int(NFTA_TABLE_NAME.rawValue)

    /// `struct nfgenmsg`.
    private static let headerLength = 4

    private static func header(_ writer: inout MessageWriter, family: UInt8, resource: UInt16) {
        writer.append(family)
        writer.append(UInt8(NFNETLINK_V0))
        writer.append(resource)
    }

    private static func type(_ command: UInt32) -> UInt16 {
        // nfnetlink has the subsystem in the upper byte of the type.
        UInt16(NFNL_SUBSYS_NFTABLES) << 8 | UInt16(command)
    }
}
