import CLibnl

extension NetlinkSocket {
    /// Changes a queueing discipline of a link, as `tc qdisc`.
    public func perform(_ request: QueueRequest) throws(NetlinkError) {
        try withConnection { (connection) throws(NetlinkError) in
            try connection.exchange(
                request.words, type: request.type, flags: request.flags, { request.write(to: &$0) }, visit: { _ in })
        }
    }

    /// Adds a filter, as `tc filter add`.
    public func perform(_ request: FilterRequest) throws(NetlinkError) {
        try withConnection { (connection) throws(NetlinkError) in
            try connection.exchange(
                request.words, type: UInt16(RTM_NEWTFILTER), flags: NLM_F_CREATE | NLM_F_EXCL,
                { request.write(to: &$0) }, visit: { _ in })
        }
    }

    /// The queueing disciplines of a link, those that the kernel gave it among them; what it hides of its own is not there.
    public func installedQueues(onLinkWithIndex index: Int) throws(NetlinkError) -> [InstalledQueue] {
        let words = RequestWords(operation: "list", object: "the queueing disciplines of link \(index)")
        return try list(
            words, type: UInt16(RTM_GETQDISC),
            TrafficControlHeader(linkIndex: index, handle: 0, parent: 0, info: 0), InstalledQueue.init
        ).filter { $0.linkIndex == index }
    }

    /// How many filters hang on a discipline of a link, heads among them; 0 where there are none.
    public func filterCount(onLinkWithIndex index: Int, parent: UInt32) throws(NetlinkError) -> Int {
        try filters(index, parent) { _ in true }.count
    }

    /// The filters of our kind on a discipline of a link.
    public func filters(onLinkWithIndex index: Int, parent: UInt32) throws(NetlinkError) -> [FilterRequest] {
        try filters(index, parent, FilterRequest.init)
    }

    private func filters<Value: Sendable>(
        _ index: Int, _ parent: UInt32, _ convert: (UnsafeRawBufferPointer) -> Value?
    ) throws(NetlinkError) -> [Value] {
        let words = RequestWords(operation: "list", object: "the filters of link \(index)")
        return try list(
            words, type: UInt16(RTM_GETTFILTER),
            TrafficControlHeader(linkIndex: index, handle: 0, parent: parent, info: 0), convert)
    }

    private func list<Value: Sendable>(
        _ words: RequestWords, type: UInt16, _ header: TrafficControlHeader,
        _ convert: (UnsafeRawBufferPointer) -> Value?
    ) throws(NetlinkError) -> [Value] {
        try withConnection { (connection) throws(NetlinkError) in
            let attempts = 8
            for attempt in 1...attempts {
                var values: [Value] = []
                do throws(NetlinkError) {
                    try connection.exchange(words, type: type, flags: NLM_F_DUMP, { header.write(to: &$0) }) {
                        message in
                        if let value = convert(message.body) { values.append(value) }
                    }
                    return values
                } catch  where error.code == NLE_DUMP_INTR && attempt < attempts {
                    continue
                }
            }
            return []
        }
    }
}
