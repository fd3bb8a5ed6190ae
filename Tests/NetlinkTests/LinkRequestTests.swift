import Quantities
import Testing

@testable import Netlink

@Suite("Requests about links")
struct LinkRequestTests {
    static let badNames = [
        "", ".", "..", "sixteen-bytes-xx", "a b", "a/b", "a:b", "tab\tname", "line\n", "nul\0", "fünfzehn-bytes-",
    ]

    @Test("a name that the kernel would refuse or libnl would cut is refused", arguments: badNames)
    func badName(name: String) throws {
        let error = #expect(throws: NetlinkError.self) { try LinkName.check(name, for: "add link") }
        #expect(error?.hint.contains("15 bytes") == true)
        let socket = try NetlinkSocket()
        #expect(throws: NetlinkError.self) { try socket.link(named: name) }
        #expect(throws: NetlinkError.self) { try socket.addresses(of: name) }
    }

    @Test("names that the kernel takes are taken", arguments: ["a", "eth0.5", "fifteen-bytes-x", "...", "ä"])
    func goodName(name: String) throws {
        try LinkName.check(name, for: "add link")
        #expect(try NetlinkSocket().link(named: name) == nil)
    }

    static let badLinks = [
        Link(name: "t0", kind: .vxlan(id: 16_777_216)), Link(name: "t0", kind: .vxlan(id: 1, port: 0)),
        Link(name: "b0", kind: .bridge, mtu: -1), Link(name: "b0", kind: .bridge, index: -1),
        Link(name: "x0", kind: .other("")), Link(name: "t0", kind: .vxlan(id: 1, device: "never-was")),
        Link(name: "v0", kind: .veth(peer: "")), Link(name: "v0", kind: .veth(peer: "sixteen-bytes-xx")),
        Link(name: "a b", kind: .bridge),
    ]

    // Builds requests without sending them: these tests run on the host.
    @Test("a link that cannot be is refused before the kernel is asked", arguments: badLinks)
    func badLink(link: Link) throws {
        let socket = try NetlinkSocket()
        let error = #expect(throws: NetlinkError.self) {
            try socket.withConnection { (connection) throws(NetlinkError) in
                _ = try LinkRequest.add(link, on: &connection).pointer
            }
        }
        #expect(error?.message.isEmpty == false)
        #expect(error?.hint.isEmpty == false)
    }

    /// What a request says is read back from it, as it would be from the kernel's answer.
    @Test(
        "everything that is asked for stands in the request",
        arguments: [
            Link(name: "b0", kind: .bridge, mtu: 1400, isUp: true, index: 77),
            Link(name: "b1", kind: .bridge, mac: MACAddress(bytes: [2, 0, 0, 0, 0, 9]), master: 3),
            Link(name: "x0", kind: .vxlan(id: 42, port: 8472, learning: false)),
            Link(name: "x1", kind: .vxlan(id: 16_777_215, local: IPAddress(10, 0, 0, 7), port: 4789, device: "lo")),
            Link(name: "d0", kind: .other("dummy"), mtu: 9000),
        ]
    )
    func saysAll(link: Link) throws {
        let read = try NetlinkSocket().withConnection { (connection) throws(NetlinkError) in
            let request = try LinkRequest.add(link, on: &connection)
            return LinkReader.read(request.pointer, on: connection.socket)
        }
        #expect(read == link)
    }

    @Test("the host's loopback is listed, without rights")
    func loopback() throws {
        let socket = try NetlinkSocket()
        let link = try #require(try socket.links().first { $0.name == "lo" })
        #expect(link.kind == .other("loopback"))
        #expect(try socket.link(named: "lo") == link)
    }

    @Test("one socket serves many tasks at once")
    func concurrent() async throws {
        let socket = try NetlinkSocket()
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<32 { group.addTask { try socket.links().filter { $0.name == "lo" }.count } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts == [Int](repeating: 1, count: 32))
    }
}
