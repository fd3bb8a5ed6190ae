import Netlink
import Quantities
import Testing

@testable import NodeInventory

@Suite("What is left on a node")
struct NodeComparisonTests {
    private func snapshot(_ things: String...) -> NodeSnapshot {
        NodeSnapshot(things: Set(things))
    }

    @Test("what is new is listed, sorted; what went is not")
    func surplus() {
        let before = snapshot("link eth0 of kind veth", "file /run/x/lock")
        let after = snapshot("link eth0 of kind veth", "link leak0 of kind veth", "file /run/x/10.0.0.2")
        #expect(after.surplus(over: before) == ["file /run/x/10.0.0.2", "link leak0 of kind veth"])
        #expect(before.surplus(over: before).isEmpty)
    }

    @Test("where names change, the numbers of each kind are compared; a setting keeps its name")
    func growth() {
        let before = snapshot("link veth1 of kind veth", "file /a", "file /b", "sysctl net/a = 0")
        let renamed = snapshot("link veth2 of kind veth", "file /c", "file /d", "sysctl net/a = 0")
        #expect(SnapshotCount.growth(from: before, to: renamed).isEmpty)
        let more = snapshot(
            "link veth1 of kind veth", "link veth2 of kind veth", "file /c", "route default", "sysctl net/a = 1")
        #expect(
            SnapshotCount.growth(from: before, to: more)
                == ["1 more of kind link", "1 more of kind route", "sysctl net/a = 1"])
    }

    @Test("what every namespace has is among what is listed: links, addresses, routing rules, settings")
    func machine() throws {
        let things = try KernelThings.list()
        #expect(things.contains("link lo of kind loopback"))
        #expect(things.contains("rule 0: ipv4 from all lookup 255"))
        #expect(things.contains("rule 32766: ipv4 from all lookup 254"))
        #expect(things.contains { $0.hasPrefix("address 127.0.0.1/8 on lo") })
        let settings = SettingThings.list(uplinks: [])
        #expect(settings.contains { $0.hasPrefix("sysctl net/ipv4/ip_forward = ") })
        #expect(settings.contains { $0.hasPrefix("sysctl net/ipv4/conf/all/rp_filter = ") })
    }

    @Test(
        "link-local addresses come by themselves, and nothing else does",
        arguments: [
            ("fe80::1/64", "veth0", true), ("febf::1/64", "veth0", true), ("fe80::1/64", "lo", false),
            ("fec0::1/64", "veth0", false), ("fd00::1/64", "veth0", false), ("169.254.1.1/32", "veth0", false),
        ]
    )
    func automaticAddresses(_ address: String, _ link: String, _ isAutomatic: Bool) throws {
        let address = LinkAddress(address: try CIDR(parsing: address), linkIndex: 2)
        #expect(KernelThings.isAutomatic(address, on: link) == isAutomatic)
    }

    @Test("the kernel's routes to link-local and multicast addresses, and to its own, are not listed; others are")
    func automaticRoutes() throws {
        func route(
            _ destination: String?, _ table: Int = 254, ofKernel: Bool = true, _ hop: String = "dev eth0"
        ) throws -> TableRoute {
            TableRoute(
                table: table, kind: "unicast", family: .ipv6,
                destination: try destination.map { try CIDR(parsing: $0) }, hops: [hop], priority: 0,
                isOfKernel: ofKernel
            )
        }
        #expect(try KernelThings.isAutomatic(route("fe80::/64")))
        #expect(try KernelThings.isAutomatic(route("ff00::/8")))
        #expect(try KernelThings.isAutomatic(route("fd00::1/128", 255)))
        #expect(try KernelThings.isAutomatic(route("10.0.0.1/32", 255)))
        #expect(try !KernelThings.isAutomatic(route("fd00::/64")))
        #expect(try !KernelThings.isAutomatic(route("fe80::/64", ofKernel: false)))
        #expect(try !KernelThings.isAutomatic(route("fd00:1::/64", ofKernel: false, "via fe80::1 dev eth0")))
        #expect(try !KernelThings.isAutomatic(route("10.0.0.0/8", 255, ofKernel: false)))
    }

    @Test("a route is told with its kind, its table and its metric where they are not the usual ones")
    func routeWords() throws {
        let destination = try CIDR(parsing: "10.1.0.0/24")
        func words(_ table: Int, _ kind: String, _ priority: Int, _ hops: [String]) -> String {
            TableRoute(
                table: table, kind: kind, family: .ipv4, destination: destination, hops: hops, priority: priority,
                isOfKernel: false
            ).description
        }
        #expect(words(254, "unicast", 0, ["via 10.0.0.1 dev eth0"]) == "10.1.0.0/24 via 10.0.0.1 dev eth0")
        #expect(words(77, "blackhole", 5, []) == "blackhole 10.1.0.0/24 table 77 metric 5")
    }

    @Test("counters that stand among the settings are none of them")
    func settings() {
        let things = SettingThings.things([
            "net/ipv4/ip_forward": "1", "net/netfilter/nf_conntrack_count": "7",
        ])
        #expect(things == ["sysctl net/ipv4/ip_forward = 1"])
    }
}
