import ContainerNetworking
import Foundation
import Quantities
import TestSupport
import Testbed
import Testing

@testable import LocalTestbed

@Suite("The CNI configuration of a node")
struct NodeConflistTests {
    private func conflist(
        _ network: NetworkPlan.PodNetwork,
        _ fabric: NetworkPlan.Fabric = .routes,
        node: Int = 1,
        families: [IPAddress.Family] = [.ipv4]
    ) throws -> NodeConflist {
        NodeConflist(
            network: NetworkPlan(name: "net", podNetwork: network, fabric: fabric, podsOnNode: [1, 1]),
            node: node,
            plan: try AddressPlan(families: families),
            leases: "/run/leases"
        )
    }

    @Test("bridge and ptp give pods addresses of their node's range, and keep the leases with the run")
    func presets() throws {
        for (network, type) in [(NetworkPlan.PodNetwork.bridge, "bridge"), (.pointToPoint, "ptp")] {
            let list = try conflist(network).list()
            #expect(list.pluginTypes == [type, "host-local"])
            let json = list.json()
            #expect(json.contains(#""subnet":"10.244.1.0/24""#))
            #expect(json.contains(#""dataDir":"/run/leases""#))
            #expect(json.contains(#""mtu":1500"#))
        }
    }

    @Test(
        "each preset names its plugins in the order of the chain",
        arguments: [
            (NetworkPlan.PodNetwork.macvlan, ["macvlan", "host-local"]), (.ipvlan, ["ipvlan", "host-local"]),
            (.chained(.portmap), ["bridge", "host-local", "portmap"]),
            (.chained(.bandwidth), ["bridge", "host-local", "bandwidth"]),
            (.chained(.tuning), ["bridge", "host-local", "tuning"]),
        ]
    )
    func chains(_ network: NetworkPlan.PodNetwork, _ types: [String]) throws {
        #expect(try conflist(network).list().pluginTypes == types)
    }

    @Test("a site has the list of its node and a place for leases; without plugins it has no list")
    func attachmentSite() throws {
        func site(_ network: NetworkPlan.PodNetwork) throws -> AttachmentSite {
            try AttachmentSite(
                network: NetworkPlan(name: "net", podNetwork: network, fabric: .routes, podsOnNode: [0]),
                node: 0,
                plan: AddressPlan(families: [.ipv4], podRangeLength: 20),
                directory: "/run/site",
                containerPrefix: "nm-run-net-node0-pod",
                pluginDirectories: ["/opt/cni/bin"]
            )
        }
        let bridge = try site(.bridge)
        #expect(bridge.conflist?.contains(#""subnet":"10.244.0.0/20""#) == true)
        #expect(bridge.conflist?.contains(#""dataDir":"/run/site/leases""#) == true)
        #expect(bridge.range.description == "10.244.0.0/20")
        #expect(bridge.pluginDirectories == ["/opt/cni/bin"])
        #expect(try site(.direct).conflist == nil)
    }

    @Test("behind VXLAN the pods' MTU leaves room for the outer headers")
    func overlayMTU() throws {
        #expect(try conflist(.bridge, .vxlan).list().json().contains(#""mtu":1450"#))
        // The outer header of IPv6 is longer by 20 bytes; where both are there, packets go over IPv4.
        #expect(try conflist(.bridge, .vxlan, families: [.ipv6]).list().json().contains(#""mtu":1430"#))
        #expect(try conflist(.bridge, .vxlan, families: [.ipv4, .ipv6]).list().json().contains(#""mtu":1450"#))
    }

    @Test("with both families there are two ranges and two default routes")
    func dualStack() throws {
        let json = try conflist(.bridge, families: [.ipv4, .ipv6]).list().json()
        #expect(json.contains(#""subnet":"fd00:10:244:1::/64""#))
        #expect(json.contains(#""dst":"::/0""#))
    }

    @Test("a user's list has its placeholders filled in, and gets a lease directory where it names none")
    func userList() throws {
        try ScratchDirectory.with { directory in
            let path = "\(directory)/10-mine.conflist"
            let text = """
                {"cniVersion": "1.0.0", "name": "{{name}}", "plugins": [{"type": "macvlan", "mtu": {{mtu}},
                 "ipam": {"type": "host-local", "subnet": "{{podCIDR}}"}}]}
                """
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            let list = try conflist(.conflist(path: path)).list()
            #expect(list.name == "net")
            #expect(list.json().contains(#""subnet":"10.244.1.0/24""#))
            #expect(list.json().contains(#""dataDir":"/run/leases""#))
        }
    }

    @Test("a list that is not there, or is none, is an error with its path or reason")
    func badList() throws {
        let missing = #expect(throws: ConflistProblems.self) {
            try conflist(.conflist(path: "/nowhere/x.conflist")).list()
        }
        #expect(missing?.problems.first?.file == "/nowhere/x.conflist")
        try ScratchDirectory.with { directory in
            let path = "\(directory)/bad.conflist"
            try "{\"name\": \"x\"}".write(toFile: path, atomically: true, encoding: .utf8)
            let bad = #expect(throws: ConflistProblems.self) { try conflist(.conflist(path: path)).list() }
            #expect(bad?.description.hasPrefix("\(path):1:1: ") == true)
        }
    }
}
