import Glibc
import LinuxHost
import Netlink
import TestSupport
import Testing

@Suite(
    "Veth pairs across namespaces", .serialized,
    .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)), .leavesNothing("veth")
)
struct NetlinkVethTests {
    @Test("the far end is made in its namespace by the same request")
    func peerNamespace() throws {
        try ScratchNamespace.with("veth") { near, _ in
            try ScratchNamespace.with("veth") { far, _ in
                let here = try NetlinkSocket(in: near)
                let there = try NetlinkSocket(in: far)
                let kind = Link.Kind.veth(peer: "eth0", peerNamespace: far.descriptor)
                try here.add(Link(name: "pod0", kind: kind, mtu: 1420, isUp: true))
                let end = try #require(try here.link(named: "pod0"))
                let peer = try #require(try there.link(named: "eth0"))
                #expect(end.kind == .veth(peer: ""))
                #expect(peer.kind == .veth(peer: ""))
                #expect([end.mtu, peer.mtu] == [1420, 1420])
                #expect([end.isUp, peer.isUp] == [true, false])
                #expect(try here.link(named: "eth0") == nil)
            }
        }
    }

    @Test("a pair carries packets some time after both ends are up, and not while one is down")
    func operational() throws {
        try ScratchNamespace.with("veth") { namespace, _ in
            let socket = try NetlinkSocket(in: namespace)
            try socket.add(Link(name: "v0", kind: .veth(peer: "v1"), isUp: true))
            #expect(try !socket.isOperational(linkNamed: "v0"))
            try socket.setUp("v1")
            for name in ["v0", "v1"] {
                let end = ContinuousClock.now + .seconds(10)
                while try !socket.isOperational(linkNamed: name), ContinuousClock.now < end { usleep(1_000) }
                #expect(try socket.isOperational(linkNamed: name))
            }
            #expect(throws: NetlinkError.self) { try socket.isOperational(linkNamed: "nowhere") }
        }
    }

    @Test("both ends are made in their namespaces from a third one")
    func fromOutside() throws {
        try ScratchNamespace.with("veth") { left, _ in
            try ScratchNamespace.with("veth") { right, _ in
                try ScratchNamespace.with("veth") { third, _ in
                    let socket = try NetlinkSocket(in: third)
                    let before = try socket.links()
                    let link = Link(name: "eth0", kind: .veth(peer: ""))
                    try socket.addVeth(link, in: left, peer: "eth0", in: right)
                    let ends = [try NetlinkSocket(in: left), try NetlinkSocket(in: right)]
                    #expect(try ends.map { try $0.link(named: "eth0")?.name } == ["eth0", "eth0"])
                    #expect(try socket.links() == before)
                }
            }
        }
    }

    @Test("a link that is moved leaves one namespace and arrives in the other")
    func move() throws {
        try ScratchNamespace.with("veth") { near, _ in
            try ScratchNamespace.with("veth") { far, _ in
                let here = try NetlinkSocket(in: near)
                try here.add(Link(name: "v0", kind: .veth(peer: "v1"), mtu: 1400))
                try here.move("v1", to: far)
                #expect(try here.link(named: "v1") == nil)
                let there = try NetlinkSocket(in: far)
                #expect(try there.link(named: "v1")?.mtu == 1400)
            }
        }
    }

    @Test("a hundred namespaces with a link that is up, and nothing left of them")
    func aHundred() async throws {
        let names = (0..<100).map { _ in UniqueName.make("veth") }
        defer { for name in names { try? NetworkNamespace.remove(named: name) } }
        let hub = UniqueName.make("veth")
        defer { try? NetworkNamespace.remove(named: hub) }
        let center = try NetworkNamespace.create(named: hub)
        let socket = try NetlinkSocket(in: center)
        try socket.add(Link(name: "b0", kind: .bridge, isUp: true))
        let bridge = try #require(try socket.link(named: "b0"))
        for (number, name) in names.enumerated() {
            let namespace = try NetworkNamespace.create(named: name)
            let kind = Link.Kind.veth(peer: "eth0", peerNamespace: namespace.descriptor)
            try socket.add(Link(name: "p\(number)", kind: kind, isUp: true, master: bridge.index))
        }
        let ports = try socket.links().filter { $0.master == bridge.index }
        #expect(ports.count == 100)
        #expect(ports.allSatisfy { $0.isUp })
        // Many sockets of one process at once: each has a port that the kernel chose.
        let up = try await withThrowingTaskGroup(of: Bool.self) { group in
            for name in names {
                group.addTask {
                    let inside = try NetlinkSocket(in: try NetworkNamespace.open(named: name))
                    try inside.setUp("lo")
                    try inside.setUp("eth0")
                    return try inside.link(named: "eth0")?.isUp == true
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(up == 100)
    }

    @Test("hundreds of sockets in one namespace work side by side")
    func manySockets() throws {
        try ScratchNamespace.with("veth") { namespace, _ in
            let sockets = try (0..<400).map { _ in try NetlinkSocket(in: namespace) }
            #expect(try sockets.allSatisfy { try $0.link(named: "lo") != nil })
        }
    }
}
