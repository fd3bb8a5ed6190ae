import CLibnl
import Quantities

extension NetlinkSocket {
    /// Appends an entry to the forwarding table of a VXLAN link, as `bridge fdb append MAC dev NAME dst REMOTE self
    /// permanent`.
    ///
    /// Several entries with the same Ethernet address and different remotes are all kept: frames to everybody go to
    /// each.
    public func addForwarding(_ entry: ForwardingEntry) throws(NetlinkError) {
        try withConnection { (connection) throws(NetlinkError) in
            let request = try NeighbourRequest.make(entry, for: "add a forwarding entry on", on: &connection)
            try connection.request("add forwarding entry", Self.text(entry)) { socket in
                // NLM_F_APPEND adds one more remote; NLM_F_EXCL would allow one for each Ethernet address.
                rtnl_neigh_add(socket, request.pointer, NLM_F_CREATE | NLM_F_APPEND)
            }
        }
    }

    /// Deletes an entry from the forwarding table of a VXLAN link; one that is absent is an error.
    public func deleteForwarding(_ entry: ForwardingEntry) throws(NetlinkError) {
        try withConnection { (connection) throws(NetlinkError) in
            let request = try NeighbourRequest.make(entry, for: "delete a forwarding entry on", on: &connection)
            try connection.request("delete forwarding entry", Self.text(entry)) { socket in
                rtnl_neigh_delete(socket, request.pointer, 0)
            }
        }
    }

    /// The permanent entries with a remote in the forwarding table of a VXLAN link, in the kernel's order.
    public func forwarding(of name: String) throws(NetlinkError) -> [ForwardingEntry] {
        try withConnection { (connection) throws(NetlinkError) in
            let index = try connection.index(of: name, for: "list the forwarding entries of")
            let query = NeighbourRequest.query("the forwarding entries of \(name)", family: AF_BRIDGE)
            return try connection.dump(query) { object -> ForwardingEntry? in
                guard let entry = NeighbourRequest.read(object, of: index) else { return nil }
                return ForwardingEntry(mac: entry.mac, remote: entry.address, interface: name)
            }
        }
    }

    private static func text(_ entry: ForwardingEntry) -> String {
        "\(entry.mac) to \(entry.remote) on \(entry.interface)"
    }
}
