import LinuxHost
import Netlink
import Quantities
import TestSupport
import Testing

@Suite(
    "Links", .serialized, .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)),
    .leavesNothing("links")
)
struct NetlinkLinkTests {
    static let mac = MACAddress(bytes: [0x02, 0x6e, 0x6d, 0, 0, 1])

    static let links: [Link] = [
        Link(name: "b0", kind: .bridge, mtu: 1400, mac: mac, isUp: true),
        Link(name: "v0", kind: .veth(peer: "v1"), mtu: 9000, mac: mac, isUp: true),
        Link(name: "fifteen-bytes-x", kind: .veth(peer: "v1"), mtu: 1280, mac: mac),
        Link(
            name: "t0",
            kind: .vxlan(
                id: 16_777_215, local: IPAddress(bytes: [10, 0, 0, 1]), port: 4789, device: "under", learning: false
            ),
            mtu: 1450, mac: mac
        ),
        Link(
            name: "t6",
            kind: .vxlan(
                id: 7, local: IPAddress(bytes: [0xfd] + [UInt8](repeating: 0, count: 14) + [1]), port: 8472,
                learning: true
            ),
            mtu: 1430, mac: mac
        ),
        Link(name: "i0", kind: .other("ifb"), mtu: 1500, mac: mac),
    ]

    @Test("a link is listed as it was added, and not after it was deleted", arguments: links)
    func roundTrip(link: Link) throws {
        try ScratchNamespace.with("links") { namespace, _ in
            let socket = try NetlinkSocket(in: namespace)
            try socket.add(Link(name: "under", kind: .veth(peer: "below")))
            let before = try socket.links()
            try socket.add(link)
            var found = try #require(try socket.link(named: link.name))
            #expect(found.index > 0)
            #expect(try socket.links().contains(found))
            found.index = 0
            #expect(found == link)
            try socket.delete(linkNamed: link.name)
            #expect(try socket.link(named: link.name) == nil)
            #expect(try socket.links() == before)
        }
    }

    @Test("a fresh namespace has only its loopback, which comes up")
    func loopback() throws {
        try ScratchNamespace.with("links") { namespace, _ in
            let socket = try NetlinkSocket(in: namespace)
            let before = try socket.links().filter { $0.kind == .other("loopback") }
            #expect(before.map(\.name) == ["lo"])
            #expect(before.map(\.isUp) == [false])
            try socket.setUp("lo")
            #expect(try socket.link(named: "lo")?.isUp == true)
            try socket.setDown("lo")
            #expect(try socket.link(named: "lo")?.isUp == false)
        }
    }

    @Test("bringing a link up leaves its other flags alone")
    func multicastStays() throws {
        try ScratchNamespace.with("links") { namespace, _ in
            let socket = try NetlinkSocket(in: namespace)
            try socket.add(Link(name: "v0", kind: .veth(peer: "v1")))
            try socket.setUp("v0")
            // IFF_MULTICAST is 0x1000 in the text of this file, and IPv6 does not work without it.
            let flags = try namespace.run { () throws(HostError) in InterfaceWitness.flags(of: "v0") }
            #expect(flags & 0x1000 != 0)
        }
    }

    @Test("MTU and bridge of a link can be changed and taken back")
    func changes() throws {
        try ScratchNamespace.with("links") { namespace, _ in
            let socket = try NetlinkSocket(in: namespace)
            try socket.add(Link(name: "b0", kind: .bridge))
            let bridge = try #require(try socket.link(named: "b0"))
            try socket.add(Link(name: "v0", kind: .veth(peer: "v1"), master: bridge.index))
            #expect(try socket.link(named: "v0")?.master == bridge.index)
            try socket.setMaster(of: "v0", to: nil)
            #expect(try socket.link(named: "v0")?.master == nil)
            try socket.setMaster(of: "v1", to: "b0")
            #expect(try socket.link(named: "v1")?.master == bridge.index)
            try socket.setMTU(1300, of: "v0")
            #expect(try socket.link(named: "v0")?.mtu == 1300)
        }
    }

    @Test("deleting one end of a veth pair deletes the other")
    func pairGoesTogether() throws {
        try ScratchNamespace.with("links") { namespace, _ in
            let socket = try NetlinkSocket(in: namespace)
            try socket.add(Link(name: "v0", kind: .veth(peer: "v1")))
            #expect(try socket.link(named: "v1")?.kind == .veth(peer: "v0"))
            try socket.delete(linkNamed: "v1")
            #expect(try socket.link(named: "v0") == nil)
        }
    }
}
