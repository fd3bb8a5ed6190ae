import CLibnl
import Quantities

extension NetlinkSocket {
    /// Adds a permanent neighbour, as `ip neighbour add … nud permanent`.
    public func addNeighbour(_ neighbour: Neighbour) throws(NetlinkError) {
        try withConnection { (connection) throws(NetlinkError) in
            let request = try NeighbourRequest.make(neighbour, for: "add a neighbour on", on: &connection)
            try connection.request("add neighbour", "\(neighbour.address) on \(neighbour.interface)") { socket in
                rtnl_neigh_add(socket, request.pointer, NLM_F_CREATE | NLM_F_EXCL)
            }
        }
    }

    /// Deletes a neighbour; one that is absent is an error.
    public func deleteNeighbour(_ neighbour: Neighbour) throws(NetlinkError) {
        try withConnection { (connection) throws(NetlinkError) in
            let request = try NeighbourRequest.make(neighbour, for: "delete a neighbour on", on: &connection)
            try connection.request("delete neighbour", "\(neighbour.address) on \(neighbour.interface)") { socket in
                rtnl_neigh_delete(socket, request.pointer, 0)
            }
        }
    }

    /// The permanent neighbours on a link, sorted by address (`RTM_GETNEIGH`).
    public func neighbours(of name: String) throws(NetlinkError) -> [Neighbour] {
        try withConnection { (connection) throws(NetlinkError) in
            let index = try connection.index(of: name, for: "list the neighbours on")
            let query = NeighbourRequest.query("the neighbours on \(name)", family: AF_UNSPEC)
            return try connection.dump(query) { object -> Neighbour? in
                guard rtnl_neigh_get_family(object) != AF_BRIDGE,
                    let entry = NeighbourRequest.read(object, of: index)
                else { return nil }
                return Neighbour(address: entry.address, mac: entry.mac, interface: name)
            }.sorted { $0.address < $1.address }
        }
    }

    /// The permanent neighbours on all links of the namespace, sorted by address (`RTM_GETNEIGH`).
    public func permanentNeighbours() throws(NetlinkError) -> [Neighbour] {
        try withConnection { (connection) throws(NetlinkError) in
            let socket = connection.socket
            let query = NeighbourRequest.query("the neighbours on all links", family: AF_UNSPEC)
            return try connection.dump(query) { object -> Neighbour? in
                let index = rtnl_neigh_get_ifindex(object)
                guard rtnl_neigh_get_family(object) != AF_BRIDGE,
                    let entry = NeighbourRequest.read(object, of: index),
                    let name = Connection.name(of: index, on: socket)
                else { return nil }
                return Neighbour(address: entry.address, mac: entry.mac, interface: name)
            }.sorted { $0.address < $1.address }
        }
    }
}
