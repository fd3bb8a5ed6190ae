import Quantities
import Testing

@testable import PodAttachment

@Suite("The addresses of pods")
struct PodAddressesTests {
    private func cidrs(_ texts: String...) throws -> [CIDR] { try texts.map { try CIDR(parsing: $0) } }

    @Test("a pod is reached by IPv4 where it has both, else by what it has; link-local addresses reach nobody")
    func reached() throws {
        #expect(try PodAddresses.reached(cidrs("fd00::2/64", "10.1.0.2/24"))?.description == "10.1.0.2")
        #expect(try PodAddresses.reached(cidrs("fe80::1/64", "fd00::2/64"))?.description == "fd00::2")
        #expect(try PodAddresses.reached(cidrs("fe80::1/64")) == nil)
        #expect(PodAddresses.reached([]) == nil)
    }

    @Test("two pods with one address are named, with the address, the list and the way out")
    func clash() throws {
        let others = try [0: cidrs("10.1.0.2/24", "fd00::2/64"), 3: cidrs("10.1.0.9/24")]
        let error = try #require(
            PodAddresses.clash(of: 4, try cidrs("10.1.0.4/24", "fd00::2/64"), with: others, list: "mine"))
        #expect(error.code == .sharedAddress)
        for words in ["pods 0 and 4", "fd00::2", "mine", "{{podCIDR}}"] {
            #expect(error.description.contains(words), "\(error.description)")
        }
    }

    @Test("addresses of one's own, also of the pod itself, are no clash")
    func noClash() throws {
        let others = try [0: cidrs("10.1.0.2/24"), 1: cidrs("10.1.0.3/24")]
        #expect(try PodAddresses.clash(of: 1, cidrs("10.1.0.3/24"), with: others, list: "mine") == nil)
        #expect(try PodAddresses.clash(of: 2, cidrs("10.1.0.4/24"), with: others, list: "mine") == nil)
        #expect(PodAddresses.clash(of: 2, [], with: others, list: "mine") == nil)
    }
}
