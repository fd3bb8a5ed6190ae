import Quantities
import ServiceProxies
import Testing

@testable import ServiceLab

@Suite("The addresses around a service proxy")
struct ServiceRangesTests {
    @Test("no two ranges have an address in common")
    func apart() {
        let ranges = [
            ServiceRanges.client, ServiceRanges.link, ServiceRanges.deadLink, ServiceRanges.endpoints,
            ServiceRanges.loadBalancers,
        ]
        for (index, range) in ranges.enumerated() {
            for other in ranges[(index + 1)...] {
                #expect(!range.network.contains(other.base.address), "\(range) and \(other)")
                #expect(!other.network.contains(range.base.address), "\(range) and \(other)")
            }
        }
    }

    @Test("both ends of each link are in the range of the link")
    func ends() {
        let links = [
            (ServiceRanges.client, ServiceRanges.nodeToClient, ServiceRanges.clientAddress),
            (ServiceRanges.link, ServiceRanges.nodeToEndpoints, ServiceRanges.endpointsAddress),
            (ServiceRanges.deadLink, ServiceRanges.nodeToDead, ServiceRanges.deadAddress),
        ]
        for (range, node, other) in links {
            #expect(range.network.contains(node.address) && range.network.contains(other.address))
            #expect(node != other)
        }
    }
}
