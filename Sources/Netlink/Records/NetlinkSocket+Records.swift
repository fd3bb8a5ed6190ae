import CLibnl

extension NetlinkSocket {
    /// The addresses of a link, all routes that lead over it, and its permanent neighbours, of both families.
    public func records(ofLinkWithIndex index: Int) throws(NetlinkError) -> [InterfaceRecord] {
        var records: [InterfaceRecord] = []
        for kind in InterfaceRecord.Kind.allCases {
            for family in [AF_INET, AF_INET6] { records += try self.records(kind, family, index) }
        }
        return records
    }

    /// Gives the kernel a record back; one that is there already is fine.
    public func restore(_ record: InterfaceRecord) throws(NetlinkError) {
        let words = RequestWords(operation: "put back", object: "\(record.kind.rawValue) of a link")
        let body = record.request
        do throws(NetlinkError) {
            try withConnection { (connection) throws(NetlinkError) in
                try connection.exchange(
                    words, type: record.kind.newType, flags: NLM_F_CREATE | NLM_F_EXCL,
                    { writer in for byte in body { writer.append(byte) } }, visit: { _ in })
            }
        } catch  where error.isAlreadyThere {
            return
        }
    }

    /// Gives the kernel back what it has no more: addresses first, and routes to the link before those through it.
    ///
    /// - Returns: The first refusal; the others are tried all the same.
    public func restoreMissing(
        _ records: [InterfaceRecord], ofLinkWithIndex index: Int
    ) throws(NetlinkError) -> NetlinkError? {
        var refusal: NetlinkError?
        let turns: [(InterfaceRecord) -> Bool] = [
            { $0.kind == .address }, { $0.kind == .route && $0.isDirect }, { $0.kind == .route && !$0.isDirect },
            { $0.kind == .neighbour },
        ]
        for turn in turns {
            let there = try Set(self.records(ofLinkWithIndex: index))
            for record in records where turn(record) && !there.contains(record) {
                do throws(NetlinkError) {
                    try restore(record)
                } catch {
                    refusal = refusal ?? error
                }
            }
        }
        return refusal
    }

    private func records(
        _ kind: InterfaceRecord.Kind, _ family: Int32, _ index: Int
    ) throws(NetlinkError) -> [InterfaceRecord] {
        let words = RequestWords(operation: "list", object: "what link \(index) has of kind \(kind.rawValue)")
        return try withConnection { (connection) throws(NetlinkError) in
            for attempt in 1...8 {
                var records: [InterfaceRecord] = []
                do throws(NetlinkError) {
                    try connection.exchange(
                        words, type: kind.listType, flags: NLM_F_DUMP,
                        { writer in
                            writer.append(UInt8(family))
                            for _ in 1..<kind.headerLength { writer.append(UInt8(0)) }
                        },
                        visit: { message in
                            if let record = InterfaceRecord(kind, message.body, ofLinkWithIndex: index) {
                                records.append(record)
                            }
                        })
                    return records
                } catch  where error.code == NLE_DUMP_INTR && attempt < 8 {
                    continue
                } catch  where error.code == NLE_OPNOTSUPP || error.code == NLE_AF_NOSUPPORT {
                    // A kernel without IPv6.
                    return []
                }
            }
            return []
        }
    }
}
