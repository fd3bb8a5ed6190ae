import LinuxHost
import Netlink
import Quantities
import TestSupport
import Testing

@Suite(
    "Addresses and routes", .serialized, .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)),
    .leavesNothing("routes")
)
struct NetlinkAddressTests {
    /// A namespace with the link `v0` up.
    private func withLink(_ body: (NetlinkSocket) throws -> Void) throws {
        try ScratchNamespace.with("routes") { namespace, _ in
            let socket = try NetlinkSocket(in: namespace)
            try socket.add(Link(name: "v0", kind: .veth(peer: "v1"), isUp: true))
            try body(socket)
        }
    }

    @Test(
        "an address is listed as it was added, and not after it was deleted",
        arguments: ["10.1.2.3/24", "192.0.2.1/32", "10.0.0.0/31", "fd00:6e6d::3/64", "2001:db8::1/128"]
    )
    func address(text: String) throws {
        let address = try CIDR(parsing: text)
        try withLink { socket in
            #expect(try !socket.addresses(of: "v0").contains(address))
            try socket.addAddress(address, to: "v0")
            #expect(try socket.addresses(of: "v0").contains(address))
            #expect(try socket.addresses(of: "v1").contains(address) == false)
            try socket.deleteAddress(address, from: "v0")
            #expect(try !socket.addresses(of: "v0").contains(address))
        }
    }

    static let routes: [(String?, String?, Bool)] = [
        ("10.9.0.0/16", "10.0.0.2", false), (nil, "10.0.0.2", false), ("10.9.0.0/24", nil, false),
        ("10.9.0.0/24", "192.0.2.77", true), ("10.9.0.1/32", nil, false),
        ("fd01::/48", "fd00::2", false), (nil, "fd00::2", false), ("fd01::/64", nil, false),
        ("fd01::/64", "fd77::1", true),
    ]

    @Test("a route is listed as it was added, and not after it was deleted", arguments: routes)
    func route(destination: String?, gateway: String?, onLink: Bool) throws {
        let route = Route(
            destination: try destination.map { try CIDR(parsing: $0) },
            gateway: try gateway.map { try IPAddress(parsing: $0) },
            interface: "v0",
            onLink: onLink
        )
        try withLink { socket in
            try socket.addAddress(try CIDR(parsing: "10.0.0.1/24"), to: "v0")
            try socket.addAddress(try CIDR(parsing: "fd00::1/64"), to: "v0")
            let before = try socket.routes(family: route.family)
            #expect(!before.contains(route))
            try socket.addRoute(route)
            let after = try socket.routes(family: route.family)
            #expect(after.contains(route))
            #expect(after.count == before.count + 1)
            try socket.deleteRoute(route)
            #expect(try socket.routes(family: route.family) == before)
        }
    }

    @Test("a route by its gateway alone is given its link by the kernel")
    func interfaceIsFound() throws {
        try withLink { socket in
            try socket.addAddress(try CIDR(parsing: "10.0.0.1/24"), to: "v0")
            let gateway = try IPAddress(parsing: "10.0.0.9")
            try socket.addRoute(Route(destination: try CIDR(parsing: "10.5.0.0/16"), gateway: gateway))
            #expect(try socket.routes(family: .ipv4).contains { $0.gateway == gateway && $0.interface == "v0" })
        }
    }

    @Test("a gateway that cannot be reached is refused with the kernel's words")
    func unreachableGateway() throws {
        try withLink { socket in
            let gateway = try IPAddress(parsing: "203.0.113.1")
            let error = #expect(throws: NetlinkError.self) {
                try socket.addRoute(Route(destination: nil, gateway: gateway, interface: "v0"))
            }
            #expect(error?.message == "Nexthop has invalid gateway")
            #expect(error?.object == "default via 203.0.113.1 dev v0")
        }
    }

    @Test("an IPv6 address can be used at once")
    func noDuplicateAddressDetection() throws {
        try ScratchNamespace.with("routes") { namespace, _ in
            let socket = try NetlinkSocket(in: namespace)
            try socket.add(Link(name: "v0", kind: .veth(peer: "v1"), isUp: true))
            try socket.addAddress(try CIDR(parsing: "fd00::1/64"), to: "v0")
            let code = try namespace.run { () throws(HostError) in InterfaceWitness.bindError(to: "fd00::1") }
            #expect(code == 0)
        }
    }
}
