import CLibnl
public import LinuxHost

extension NetlinkSocket {
    /// Adds a link, as `ip link add`; with `isUp` it comes up in the same request.
    ///
    /// The peer of a veth gets the same MTU and stays down: the kernel takes a peer up only once the pair is there.
    public func add(_ link: Link) throws(NetlinkError) {
        try withConnection { (connection) throws(NetlinkError) in
            let request = try LinkRequest.add(link, on: &connection)
            try connection.request("add link", "\(link.name) of kind \(link.kind.name)") { socket in
                rtnl_link_add(socket, request.pointer, NLM_F_CREATE | NLM_F_EXCL)
            }
        }
    }

    /// Adds a veth pair with each end in a namespace of its own, in one request from any namespace.
    ///
    /// `link` describes the end in `namespace`; its `peerNamespace` is not looked at.
    public func addVeth(
        _ link: Link, in namespace: borrowing NetworkNamespace, peer: String,
        in peerNamespace: borrowing NetworkNamespace
    ) throws(NetlinkError) {
        var link = link
        link.kind = .veth(peer: peer, peerNamespace: peerNamespace.descriptor)
        let descriptor = namespace.descriptor
        try withConnection { (connection) throws(NetlinkError) in
            let request = try LinkRequest.add(link, on: &connection)
            rtnl_link_set_ns_fd(request.pointer, descriptor)
            try connection.request("add link", "\(link.name) with peer \(peer)") { socket in
                rtnl_link_add(socket, request.pointer, NLM_F_CREATE | NLM_F_EXCL)
            }
        }
    }

    /// All links of the namespace, by index (`RTM_GETLINK`).
    public func links() throws(NetlinkError) -> [Link] {
        try withConnection { (connection) throws(NetlinkError) in
            let socket = connection.socket
            let query = DumpQuery(
                noun: "links", type: Int32(RTM_GETLINK), family: UInt8(AF_UNSPEC),
                headerSize: MemoryLayout<ifinfomsg>.size
            )
            return try connection.dump(query) { LinkReader.read($0, on: socket) }.sorted { $0.index < $1.index }
        }
    }

    /// The link with this name, or nothing when there is none.
    public func link(named name: String) throws(NetlinkError) -> Link? {
        try withConnection { (connection) throws(NetlinkError) in
            try LinkName.check(name, for: "read link")
            var found: OpaquePointer?
            do throws(NetlinkError) {
                try connection.request("read", "link \(name)") { rtnl_link_get_kernel($0, 0, name, &found) }
            } catch  where error.isAbsent {
                return nil
            }
            defer { rtnl_link_put(found) }
            let socket = connection.socket
            return found.flatMap { LinkReader.read($0, on: socket) }
        }
    }

    /// Whether packets can leave by a link: it is up, has a carrier, and the kernel has seen to both (`IF_OPER_UP`).
    ///
    /// A link that was taken up is not there yet: the kernel gives it its queue a little later, and drops what is sent
    /// before that.
    public func isOperational(linkNamed name: String) throws(NetlinkError) -> Bool {
        try withConnection { (connection) throws(NetlinkError) in
            try LinkName.check(name, for: "read link")
            var found: OpaquePointer?
            try connection.request("read", "link \(name)") { rtnl_link_get_kernel($0, 0, name, &found) }
            defer { rtnl_link_put(found) }
            return Int32(rtnl_link_get_operstate(found)) == rtnl_link_str2operstate("up")
        }
    }

    /// Deletes a link, and with one end of a veth pair the other end; a link that is absent is an error.
    public func delete(linkNamed name: String) throws(NetlinkError) {
        try withConnection { (connection) throws(NetlinkError) in
            let request = try LinkRequest.change(name, for: "delete link")
            try connection.request("delete link", name) { rtnl_link_delete($0, request.pointer) }
        }
    }
}
