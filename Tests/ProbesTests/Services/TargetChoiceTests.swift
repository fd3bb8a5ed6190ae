import Contract
import Quantities
import ServiceLab
import Testing

@testable import Probes

@Suite("Which service a connection goes to")
struct TargetChoiceTests {
    private func targets(_ position: ServicePosition, seed: UInt64, mode: ProxyMode = .nftables) -> [String] {
        let table = ServiceTable(
            ServiceProxyProbe(
                mode: mode, services: 1_000, endpoints: 3,
                serviceRange: CIDR(IPAddress(10, 96, 0, 0), clampedPrefixLength: 12),
                measures: [.firstPacket], positions: [.random], windowNanoseconds: 1_000_000))
        var choice = TargetChoice(table, position, seed: seed)
        return (0..<20).map { _ in "\(choice.next())" }
    }

    @Test("a seed gives the same services again, and another one gives others", arguments: [ProxyMode.nftables, .none])
    func seeds(_ mode: ProxyMode) {
        let first = targets(.random, seed: 7, mode: mode)
        #expect(targets(.random, seed: 7, mode: mode) == first)
        #expect(targets(.random, seed: 8, mode: mode) != first)
        #expect(Set(first).count > 10)
    }

    @Test("a fixed position is always the same service", arguments: [ServicePosition.first, .middle, .last])
    func fixed(_ position: ServicePosition) {
        #expect(Set(targets(position, seed: 7)).count == 1)
    }
}
