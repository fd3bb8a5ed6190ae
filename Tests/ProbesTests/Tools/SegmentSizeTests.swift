import Contract
import Quantities
import Testing

@testable import Probes

@Suite("segments of a given size")
struct SegmentSizeTests {
    private func probe(_ target: String, _ mss: Int?) throws -> Iperf3Probe {
        Iperf3Probe(target: try IPAddress(parsing: target), port: 9, transport: .tcp, seconds: 1, mss: mss)
    }

    @Test("fit where the MTU of the way has room for them and their headers", arguments: ["127.0.0.1", "::1"])
    func fits(_ target: String) throws {
        // Loopback has an MTU of 65,536 unless somebody changed it.
        try SegmentSize.check(try probe(target, 536))
        try SegmentSize.check(try probe(target, nil))
    }

    @Test("do not where it has not, and the words say how much there is")
    func tooLarge() throws {
        let probe = try probe("127.0.0.1", 70_000)
        do throws(ProbeFailure) {
            try SegmentSize.check(probe)
            Issue.record("segments of 70,000 bytes do not fit")
        } catch {
            #expect(error.code == .notApplicable && error.message.contains("which leaves "))
        }
    }

    @Test("that no kernel takes are no plan", arguments: [87, 32_768, 0])
    func limits(_ mss: Int) throws {
        let probe = try probe("127.0.0.1", mss)
        #expect(throws: PlanError.self) { try probe.validate() }
    }
}
