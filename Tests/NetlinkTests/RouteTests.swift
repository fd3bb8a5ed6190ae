import Netlink
import Quantities
import Testing

@Suite("Routes")
struct RouteTests {
    @Test(
        "a route reads as `ip route` writes it",
        arguments: [
            ("10.9.0.0/16", "10.0.0.2", "eth0", false, "10.9.0.0/16 via 10.0.0.2 dev eth0"),
            ("10.9.7.7/16", nil, "eth0", false, "10.9.0.0/16 dev eth0"),
            (nil, "fd00::1", "eth0", true, "default via fd00::1 dev eth0 onlink"),
            ("0.0.0.0/0", "10.0.0.2", nil, false, "default via 10.0.0.2"),
        ] as [(String?, String?, String?, Bool, String)]
    )
    func description(destination: String?, gateway: String?, interface: String?, onLink: Bool, text: String) throws {
        let route = Route(
            destination: try destination.map { try CIDR(parsing: $0) },
            gateway: try gateway.map { try IPAddress(parsing: $0) },
            interface: interface,
            onLink: onLink
        )
        #expect("\(route)" == text)
    }

    @Test("a network of prefix length 0 is the default route of its family")
    func normalised() throws {
        let written = Route(destination: try CIDR(parsing: "::/0"), interface: "eth0")
        #expect(written == Route(destination: nil, interface: "eth0", family: .ipv6))
        #expect(written.family == .ipv6)
        #expect(written.destination == nil)
    }

    @Test("the scope follows from the gateway, and IPv6 knows only one")
    func scope() throws {
        let gateway = try IPAddress(parsing: "10.0.0.2")
        #expect(Route(destination: nil, gateway: gateway).scope == .global)
        #expect(Route(destination: nil, interface: "eth0").scope == .link)
        #expect(Route(destination: nil, interface: "eth0", family: .ipv6).scope == .global)
    }

    @Test("destination and gateway of different families are refused")
    func mixedFamilies() throws {
        let route = Route(
            destination: try CIDR(parsing: "10.0.0.0/8"), gateway: try IPAddress(parsing: "fd00::1"), interface: "lo"
        )
        let socket = try NetlinkSocket()
        let error = #expect(throws: NetlinkError.self) { try socket.addRoute(route) }
        #expect(error?.message.contains("families") == true)
    }
}
