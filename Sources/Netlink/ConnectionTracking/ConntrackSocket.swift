import CLibnl
public import LinuxHost

/// A netlink socket for the connection tracker of one network namespace (`ctnetlink`), usable from any thread.
public final class ConntrackSocket: Sendable {
    private let socket: NetlinkSocket

    /// Opens a socket inside a namespace; the calling thread stays where it is.
    public init(
        in namespace: borrowing NetworkNamespace, timeout: Duration = NetlinkSocket.defaultTimeout
    ) throws(NetlinkError) {
        socket = NetlinkSocket(try OpenedSocket.open(NETLINK_NETFILTER, in: namespace, timeout: timeout))
    }

    /// How many connections it has and may have (`IPCTNL_MSG_CT_GET_STATS`).
    public func counts() throws(NetlinkError) -> ConntrackCounts {
        let words = RequestWords(operation: "count", object: "tracked connections")
        let counts: ConntrackCounts? = try socket.withConnection { (connection) throws(NetlinkError) in
            var counts: ConntrackCounts?
            try connection.exchange(
                words, type: ConntrackMessage.type(IPCTNL_MSG_CT_GET_STATS), flags: 0,
                { ConntrackMessage.header(&$0) },
                visit: { counts = ConntrackMessage.counts($0.body) ?? counts })
            return counts
        }
        guard let counts else {
            throw .refused(
                words.operation, words.object, "the kernel does not say how many there may be",
                hint: "Use Linux 4.18 or later")
        }
        return counts
    }

    /// What was lost so far, by all processors (`IPCTNL_MSG_CT_GET_STATS_CPU`).
    public func losses() throws(NetlinkError) -> ConntrackLosses {
        let words = RequestWords(operation: "read", object: "what the connection tracker lost")
        return try socket.withConnection { (connection) throws(NetlinkError) in
            var losses = ConntrackLosses()
            try connection.exchange(
                words, type: ConntrackMessage.type(IPCTNL_MSG_CT_GET_STATS_CPU), flags: NLM_F_DUMP,
                { ConntrackMessage.header(&$0) },
                visit: {
                    let found = ConntrackMessage.losses($0.body)
                    losses.dropped += found.dropped
                    losses.evicted += found.evicted
                })
            return losses
        }
    }

    /// Tells it of connections, many at a time, and says which of them the kernel refused (`IPCTNL_MSG_CT_NEW`).
    ///
    /// One that is there already is refused (EEXIST), and so is one for which there is no room (ENOMEM).
    public func add(
        _ entries: [ConntrackEntry], shape: PipelineShape = PipelineShape()
    ) throws(NetlinkError) -> PipelineOutcome {
        try socket.withConnection { (connection) throws(NetlinkError) in
            try connection.pipeline(
                entries, shape: shape,
                words: { RequestWords(operation: "track", object: "a connection from \($0.source)") }
            ) { writer, entry, flags, sequence in
                ConntrackMessage.write(entry, to: &writer, flags: flags, sequence: sequence)
            }
        }
    }

    /// How many connections have this mark, by a dump of them alone (`IPCTNL_MSG_CT_GET`).
    public func count(mark: UInt32) throws(NetlinkError) -> Int {
        let words = RequestWords(operation: "list", object: "tracked connections")
        return try socket.withConnection { (connection) throws(NetlinkError) in
            var count = 0
            let type = Int32(ConntrackMessage.type(IPCTNL_MSG_CT_NEW))
            try connection.exchange(
                words, type: ConntrackMessage.type(IPCTNL_MSG_CT_GET), flags: NLM_F_DUMP,
                { ConntrackMessage.filter(mark: mark, to: &$0) },
                visit: { if $0.type == type { count += 1 } })
            return count
        }
    }

    /// Forgets all connections with this mark, in one request (`IPCTNL_MSG_CT_DELETE`).
    public func delete(mark: UInt32) throws(NetlinkError) {
        let words = RequestWords(operation: "forget", object: "tracked connections")
        try socket.withConnection { (connection) throws(NetlinkError) in
            try connection.exchange(
                words, type: ConntrackMessage.type(IPCTNL_MSG_CT_DELETE), flags: 0,
                { ConntrackMessage.filter(mark: mark, to: &$0) }, visit: { _ in })
        }
    }

    /// Tells it of two connections and has one forgotten: a kernel that does not know marks would forget both.
    func tryMarks() throws(NetlinkError) {
        let entries = [UInt32(1), 2].map { mark in
            ConntrackEntry(
                source: CompactAddress(ipv4: 0xC612_0000 + mark), destination: CompactAddress(ipv4: 0xC613_0001),
                sourcePort: 1, destinationPort: 9, timeoutSeconds: 60, mark: mark)
        }
        if let refusal = try add(entries).refusals.first { throw refusal.error }
        try delete(mark: 1)
        let left = (try count(mark: 1), try counts().entries)
        guard left == (0, 1) else {
            throw .refused(
                "forget", "one tracked connection of two", "\(left.1) are left", hint: "This kernel knows no marks")
        }
    }
}
