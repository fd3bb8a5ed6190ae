import CLibnl
import Quantities

/// Turns entries of neighbour and forwarding tables into libnl's form and back.
enum NeighbourRequest {
    static func make(
        _ neighbour: Neighbour, for operation: String, on connection: inout Connection
    ) throws(NetlinkError) -> KernelObject {
        let object = try make(
            to: neighbour.address, mac: neighbour.mac, interface: neighbour.interface, for: operation, on: &connection
        )
        rtnl_neigh_set_state(object.pointer, Int32(NUD_PERMANENT))
        return object
    }

    static func make(
        _ entry: ForwardingEntry, for operation: String, on connection: inout Connection
    ) throws(NetlinkError) -> KernelObject {
        let object = try make(
            to: entry.remote, mac: entry.mac, interface: entry.interface, for: operation, on: &connection
        )
        // After the destination, which would set the family to its own.
        rtnl_neigh_set_family(object.pointer, AF_BRIDGE)
        // The VXLAN's own table, and not that of a bridge it is a port of.
        rtnl_neigh_set_flags(object.pointer, UInt32(NTF_SELF))
        rtnl_neigh_set_state(object.pointer, Int32(NUD_PERMANENT | NUD_NOARP))
        return object
    }

    static func query(_ noun: String, family: Int32) -> DumpQuery {
        DumpQuery(
            noun: noun, type: Int32(RTM_GETNEIGH), family: UInt8(family), headerSize: MemoryLayout<ndmsg>.size
        )
    }

    /// The permanent entry that `object` is, when it belongs to the link with `index`.
    static func read(_ object: OpaquePointer, of index: Int32) -> (address: IPAddress, mac: MACAddress)? {
        guard rtnl_neigh_get_ifindex(object) == index, rtnl_neigh_get_state(object) & Int32(NUD_PERMANENT) != 0,
            let address = NetworkAddress.ipAddress(of: rtnl_neigh_get_dst(object)),
            let mac = NetworkAddress.mac(of: rtnl_neigh_get_lladdr(object))
        else { return nil }
        return (address, mac)
    }

    private static func make(
        to address: IPAddress, mac: MACAddress, interface: String, for operation: String,
        on connection: inout Connection
    ) throws(NetlinkError) -> KernelObject {
        let index = try connection.index(of: interface, for: operation)
        let object = try KernelObject(rtnl_neigh_alloc()) { rtnl_neigh_put($0) }
        rtnl_neigh_set_ifindex(object.pointer, index)
        try NetworkAddress(mac).pass { rtnl_neigh_set_lladdr(object.pointer, $0) }
        try NetworkAddress(address).pass { rtnl_neigh_set_dst(object.pointer, $0) }
        return object
    }
}
