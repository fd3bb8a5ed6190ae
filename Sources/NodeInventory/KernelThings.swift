import Netlink
import Quantities

/// What route netlink lists of a namespace: links, addresses, routes, routing rules, neighbours and queues.
enum KernelThings {
    /// One thing each, without what the kernel adds and takes away by itself.
    static func list() throws(InventoryError) -> Set<String> {
        do throws(NetlinkError) {
            return try list(NetlinkSocket())
        } catch {
            throw .kernel(error)
        }
    }

    private static func list(_ socket: NetlinkSocket) throws(NetlinkError) -> Set<String> {
        let links = try socket.links()
        let names = Dictionary(links.map { ($0.index, $0.name) }, uniquingKeysWith: { first, _ in first })
        func name(_ index: Int) -> String { names[index] ?? "\(index)" }
        var things = Set(links.map { "link \($0.name) of kind \($0.kind.name)" })
        things.formUnion(
            try socket.addresses().filter { !isAutomatic($0, on: name($0.linkIndex)) }
                .map { "address \($0.address) on \(name($0.linkIndex))" }
        )
        things.formUnion(try socket.tableRoutes().filter { !isAutomatic($0) }.map { "route \($0)" })
        things.formUnion(try socket.routingRules().map { "rule \($0)" })
        things.formUnion(
            try socket.permanentNeighbours().map { "neighbour \($0.address) at \($0.mac) on \($0.interface)" })
        things.formUnion(
            try socket.queueingDisciplines().filter { $0.handle != 0 }.map { "queue \($0) on \(name($0.linkIndex))" })
        for link in links where link.kind.name == "vxlan" {
            things.formUnion(
                try socket.forwarding(of: link.name).map { "neighbour \($0.remote) at \($0.mac) on \($0.interface)" })
        }
        return things
    }

    /// Link-local addresses come to new links by themselves, some time later; only the loopback gets none.
    static func isAutomatic(_ address: LinkAddress, on link: String) -> Bool {
        isLinkLocal(address.address.address) && link != "lo"
    }

    /// The kernel's routes to link-local and multicast addresses, and those that stand for addresses, which are listed.
    static func isAutomatic(_ route: TableRoute) -> Bool {
        guard route.isOfKernel else { return false }
        guard route.table != TableRoute.localTable, let destination = route.destination?.address else { return true }
        return isLinkLocal(destination) || isMulticast(destination)
    }

    private static func isLinkLocal(_ address: IPAddress) -> Bool {
        address.family == .ipv6 && address.bytes[0] == 0xFE && address.bytes[1] & 0xC0 == 0x80
    }

    private static func isMulticast(_ address: IPAddress) -> Bool {
        address.family == .ipv6 ? address.bytes[0] == 0xFF : address.bytes[0] & 0xF0 == 0xE0
    }
}
