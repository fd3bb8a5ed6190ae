import ContainerNetworking
import Foundation
import Quantities
import TestSupport
import Testbed
import Testing

@testable import LocalTestbed

@Suite("The families of a list")
struct ListedFamiliesTests {
    @Test(
        "they are those of the ranges, addresses and routes of its IPAM plugins",
        arguments: [
            (#"{"type":"host-local","ranges":[[{"subnet":"10.0.0.0/24"}]]}"#, [IPAddress.Family.ipv4]),
            (#"{"type":"host-local","ranges":[[{"subnet":"fd00::/64"}]],"routes":[{"dst":"::/0"}]}"#, [.ipv6]),
            (#"{"type":"host-local","ranges":[[{"subnet":"10.0.0.0/24"}],[{"subnet":"fd00::/64"}]]}"#, [.ipv4, .ipv6]),
            (#"{"type":"static","addresses":[{"address":"fd00::5/64","gateway":"fd00::1"}]}"#, [.ipv6]),
            (#"{"type":"dhcp"}"#, []),
        ] as [(String, [IPAddress.Family])]
    )
    func families(_ ipam: String, _ families: [IPAddress.Family]) throws {
        let list = try NetworkConfigurationList(
            json: #"{"cniVersion":"1.0.0","name":"n","plugins":[{"type":"x","bridge":"::1","ipam":\#(ipam)}]}"#)
        #expect(ListedFamilies.families(of: list) == Set(families))
    }

    @Test("nodes have IPv6 where a list gives pods IPv6 addresses, whatever the topology asks for")
    func serving() throws {
        try ScratchDirectory.with("families") { directory in
            let plan = try AddressPlan(families: [.ipv4], podRangeLength: 20)
            func families(_ subnet: String) throws -> [IPAddress.Family] {
                let path = "\(directory)/\(UUID()).conflist"
                let ipam = #"{"type":"host-local","ranges":[[{"subnet":"\#(subnet)"}]]}"#
                try
                    #"{"cniVersion":"1.0.0","name":"{{name}}","plugins":[{"type":"ptp","mtu":{{mtu}},"ipam":\#(ipam)}]}"#
                    .write(toFile: path, atomically: true, encoding: .utf8)
                let served = try plan.serving(network(.conflist(path: path)))
                #expect(try served.podRange(0, .ipv4).prefixLength == 20)
                return served.families
            }
            #expect(try families("{{podCIDRv6}}") == [.ipv4, .ipv6])
            #expect(try families("{{podCIDR}}") == [.ipv4])
            #expect(try plan.serving(network(.bridge)).families == [.ipv4])
            #expect(try plan.serving(network(.conflist(path: "/nowhere"))).families == [.ipv4])
        }
    }

    private func network(_ network: NetworkPlan.PodNetwork) -> NetworkPlan {
        NetworkPlan(name: "net", podNetwork: network, fabric: .routes, podsOnNode: [1])
    }
}
