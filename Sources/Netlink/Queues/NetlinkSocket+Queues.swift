import CLibnl

extension NetlinkSocket {
    /// The queueing disciplines of all links of the namespace, the kernel's own among them (`RTM_GETQDISC`).
    ///
    /// A kernel without traffic control has none.
    public func queueingDisciplines() throws(NetlinkError) -> [QueueingDiscipline] {
        try withConnection { (connection) throws(NetlinkError) in
            let query = DumpQuery(
                noun: "queueing disciplines", type: Int32(RTM_GETQDISC), family: UInt8(AF_UNSPEC),
                headerSize: MemoryLayout<tcmsg>.size
            )
            do throws(NetlinkError) {
                return try connection.dump(query) { queue -> QueueingDiscipline? in
                    guard let kind = rtnl_tc_get_kind(queue) else { return nil }
                    return QueueingDiscipline(
                        kind: String(cString: kind),
                        linkIndex: Int(rtnl_tc_get_ifindex(queue)),
                        handle: rtnl_tc_get_handle(queue)
                    )
                }
            } catch  where error.code == NLE_OPNOTSUPP {
                return []
            }
        }
    }
}
