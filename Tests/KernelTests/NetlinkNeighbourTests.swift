import LinuxHost
import Netlink
import Quantities
import TestSupport
import Testing

@Suite(
    "Neighbours and forwarding entries", .serialized,
    .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)), .leavesNothing("neigh")
)
struct NetlinkNeighbourTests {
    @Test("a neighbour is listed as it was added, and not after it was deleted", arguments: ["10.0.0.7", "fd00::7"])
    func neighbour(text: String) throws {
        try ScratchNamespace.with("neigh") { namespace, _ in
            let socket = try NetlinkSocket(in: namespace)
            try socket.add(Link(name: "v0", kind: .veth(peer: "v1"), isUp: true))
            let neighbour = Neighbour(
                address: try IPAddress(parsing: text), mac: try MACAddress(parsing: "02:6e:6d:00:00:07"),
                interface: "v0"
            )
            try socket.addNeighbour(neighbour)
            #expect(try socket.neighbours(of: "v0") == [neighbour])
            #expect(try socket.neighbours(of: "v1").isEmpty)
            try socket.deleteNeighbour(neighbour)
            #expect(try socket.neighbours(of: "v0").isEmpty)
        }
    }

    @Test(
        "forwarding entries with one Ethernet address and several remotes are all kept",
        arguments: [["10.0.0.2", "10.0.0.3", "10.0.0.4"], ["fd00::2", "fd00::3"]]
    )
    func forwarding(remotes: [String]) throws {
        try ScratchNamespace.with("neigh") { namespace, _ in
            let socket = try NetlinkSocket(in: namespace)
            let addresses = try remotes.map { try IPAddress(parsing: $0) }
            let local = try IPAddress(parsing: addresses[0].family == .ipv4 ? "10.0.0.1" : "fd00::1")
            let kind = Link.Kind.vxlan(id: 1, local: local, port: 4789, device: nil, learning: false)
            try socket.add(Link(name: "t0", kind: kind, isUp: true))
            let everybody = try MACAddress(parsing: "00:00:00:00:00:00")
            let entries = addresses.map { ForwardingEntry(mac: everybody, remote: $0, interface: "t0") }
            for entry in entries { try socket.addForwarding(entry) }
            let listed = try socket.forwarding(of: "t0")
            #expect(listed.count == entries.count)
            #expect(Set(listed.map(\.remote)) == Set(addresses))
            #expect(listed.allSatisfy { $0.mac == everybody && $0.interface == "t0" })
            try socket.deleteForwarding(entries[0])
            #expect(Set(try socket.forwarding(of: "t0").map(\.remote)) == Set(addresses.dropFirst()))
        }
    }
}
