import Glibc
import LinuxHost
import Netlink
import Quantities
import TestSupport
import Testing

@Suite(
    "What the kernel refuses", .serialized, .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)),
    .leavesNothing("refusal")
)
struct NetlinkRefusalTests {
    /// A request that cannot succeed in an empty namespace, and what its error must say.
    struct Refused: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let object: String
        let errno: Int32
        let request: @Sendable (NetlinkSocket) throws -> Void
    }

    static let refused: [Refused] = [
        Refused(testDescription: "a link twice", object: "b0 of kind bridge", errno: EEXIST) { socket in
            try socket.add(Link(name: "b0", kind: .bridge))
            try socket.add(Link(name: "b0", kind: .bridge))
        },
        Refused(testDescription: "delete an absent link", object: "b9", errno: ENODEV) { socket in
            try socket.delete(linkNamed: "b9")
        },
        Refused(testDescription: "bring up an absent link", object: "b9", errno: ENODEV) { socket in
            try socket.setUp("b9")
        },
        Refused(testDescription: "delete an absent route", object: "10.0.0.0/24 dev lo", errno: ESRCH) { socket in
            try socket.setUp("lo")
            try socket.deleteRoute(Route(destination: try CIDR(parsing: "10.0.0.0/24"), interface: "lo"))
        },
        Refused(testDescription: "an address twice", object: "10.0.0.1/24 to lo", errno: EEXIST) { socket in
            try socket.addAddress(try CIDR(parsing: "10.0.0.1/24"), to: "lo")
            try socket.addAddress(try CIDR(parsing: "10.0.0.1/24"), to: "lo")
        },
        Refused(testDescription: "a bridge as a port of itself", object: "b0", errno: ELOOP) { socket in
            try socket.add(Link(name: "b0", kind: .bridge))
            try socket.setMaster(of: "b0", to: "b0")
        },
        Refused(testDescription: "an MTU beyond what a bridge takes", object: "b0", errno: EINVAL) { socket in
            try socket.add(Link(name: "b0", kind: .bridge))
            try socket.setMTU(70_000, of: "b0")
        },
    ]

    @Test("a refusal carries the object and the kernel's errno, and the socket works on", arguments: refused)
    func refusal(_ refused: Refused) throws {
        try ScratchNamespace.with("refusal") { namespace, _ in
            let socket = try NetlinkSocket(in: namespace)
            let error = #expect(throws: NetlinkError.self) { try refused.request(socket) }
            #expect(error?.object == refused.object)
            #expect(error?.errno == refused.errno)
            #expect(error?.message.isEmpty == false)
            #expect(try socket.link(named: "lo") != nil)
        }
    }

    @Test("a kind that no kernel has is refused, and nothing is made", arguments: ["never-was", "device", "loopback"])
    func unknownKind(kind: String) throws {
        try ScratchNamespace.with("refusal") { namespace, _ in
            let socket = try NetlinkSocket(in: namespace)
            let before = try socket.links()
            #expect(throws: NetlinkError.self) { try socket.add(Link(name: "x0", kind: .other(kind))) }
            #expect(try socket.links() == before)
        }
    }

    @Test("an address on an absent link says which link")
    func addressOnNothing() throws {
        try ScratchNamespace.with("refusal") { namespace, _ in
            let socket = try NetlinkSocket(in: namespace)
            let address = try CIDR(parsing: "10.0.0.1/24")
            let error = #expect(throws: NetlinkError.self) { try socket.addAddress(address, to: "b9") }
            #expect(error?.isAbsent == true)
            #expect(error?.object == "link b9")
        }
    }
}
