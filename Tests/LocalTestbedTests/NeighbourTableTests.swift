import Testbed
import Testing

@testable import LocalTestbed

@Suite("Room in the table of neighbours")
struct NeighbourTableTests {
    @Test("more than the kernel keeps is missing, with a way out, and as many are not")
    func room() {
        #expect(NeighbourTable.shortcoming(for: 1_024, limit: 1_024) == nil)
        let missing = NeighbourTable.shortcoming(for: 1_025, limit: 1_024)
        #expect(missing?.what.contains("1025 neighbours, and the kernel keeps 1024") == true)
        #expect(missing?.wayOut.contains("netlink") == true)
    }
}
