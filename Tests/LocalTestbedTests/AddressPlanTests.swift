import Quantities
import Testbed
import Testing

@testable import LocalTestbed

@Suite("Addresses of nodes and pods")
struct AddressPlanTests {
    private let plan: AddressPlan

    init() throws {
        plan = try AddressPlan(families: [.ipv4, .ipv6])
    }

    @Test(
        "each node has an address, a range for its pods and a tunnel end, in both families",
        arguments: [
            (0, IPAddress.Family.ipv4, "172.30.0.1/16", "10.244.0.0/24", "10.244.0.0/32"),
            (1, .ipv4, "172.30.0.2/16", "10.244.1.0/24", "10.244.1.0/32"),
            (63, .ipv4, "172.30.0.64/16", "10.244.63.0/24", "10.244.63.0/32"),
            (0, .ipv6, "fd00:172:30::1/64", "fd00:10:244::/64", "fd00:10:244::/128"),
            (2, .ipv6, "fd00:172:30::3/64", "fd00:10:244:2::/64", "fd00:10:244:2::/128"),
        ]
    )
    func addresses(_ node: Int, _ family: IPAddress.Family, _ own: String, _ pods: String, _ tunnel: String) throws {
        #expect(try plan.node(node, family).description == own)
        #expect(try plan.podRange(node, family).description == pods)
        #expect(try plan.tunnelEndpoint(node, family).description == tunnel)
    }

    @Test("a node beyond the range is an error that names the range")
    func exhausted() {
        let error = #expect(throws: TestbedError.self) { try plan.podRange(256, .ipv4) }
        #expect(error?.cause == "the range 10.244.0.0/16 is used up")
    }

    @Test("pod ranges of different nodes do not overlap")
    func disjoint() throws {
        let ranges = try (0..<64).map { try plan.podRange($0, .ipv4) }
        for (index, range) in ranges.enumerated() {
            for other in ranges.dropFirst(index + 1) {
                #expect(!range.contains(other.network))
            }
        }
    }
}
