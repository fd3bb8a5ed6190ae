import Contract
import LinuxHost
import Quantities
import TestSupport
import Testing
import TrafficShaping

@Suite(
    "Shaping of some packets", .serialized,
    .enabled(if: ShapingSetting.isThere, Comment(rawValue: ShapingSetting.reason)), .leavesNothing("shaping")
)
struct ShapingFilterTests {
    /// Four flows: to two ports over both families.
    private enum Flow: CaseIterable {
        case four80, four81, six80, six81

        var near: IPAddress {
            self == .four80 || self == .four81 ? ShapingBench.nearAddress : ShapingBench.nearAddress6
        }
        var far: IPAddress { self == .four80 || self == .four81 ? ShapingBench.farAddress : ShapingBench.farAddress6 }
        var port: UInt16 { self == .four80 || self == .six80 ? 80 : 81 }
    }

    private struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var filters: [TrafficFilter] = []
        var exempt: [TrafficFilter] = []
        let shaped: Set<Flow>

        init(_ words: String, _ filters: [TrafficFilter], but exempt: [TrafficFilter] = [], shaped: Set<Flow>) {
            testDescription = words
            self.filters = filters
            self.exempt = exempt
            self.shaped = shaped
        }
    }

    private static let six = CIDR(ShapingBench.farAddress6, clampedPrefixLength: 64)
    private static let cases = [
        Case("a port", [TrafficFilter(peerPort: 80)], shaped: [.four80, .six80]),
        Case("a port of TCP only", [TrafficFilter(content: .tcp, peerPort: 80)], shaped: []),
        Case(
            "a peer", [TrafficFilter(peer: CIDR(ShapingBench.farAddress, clampedPrefixLength: 32))],
            shaped: [.four80, .four81]),
        Case("a peer over IPv6 and a port", [TrafficFilter(peer: six, content: .udp, peerPort: 81)], shaped: [.six81]),
        Case("all but a port", [], but: [TrafficFilter(content: .udp, peerPort: 81)], shaped: [.four80, .six80]),
        Case(
            "a port, but for a peer", [TrafficFilter(peerPort: 80)], but: [TrafficFilter(peer: six)], shaped: [.four80]),
    ]

    @Test("packets that are meant are delayed, others are not", arguments: cases, [ShapingDirection.egress, .ingress])
    private func filters(_ item: Case, _ direction: ShapingDirection) throws {
        try ShapingBench.with { near, far, bench in
            var ends: [Flow: (client: DatagramEnd, server: DatagramEnd)] = [:]
            for (offset, flow) in Flow.allCases.enumerated() {
                ends[flow] = (
                    try DatagramEnd(flow.near, port: UInt16(4_000 + offset), in: near),
                    try DatagramEnd(flow.far, port: flow.port, in: far)
                )
            }
            let shaping = LinkShaping(
                LinkImpairment(delay: .init(nanoseconds: 40_000_000)), direction: direction, filters: item.filters,
                exempt: item.exempt)
            for flow in Flow.allCases {
                let (client, server) = try #require(ends[flow])
                _ = try ShapingBench.roundTrip(1, client, server)
            }
            try bench.shape(shaping, in: near) { _ in
                for flow in Flow.allCases {
                    let (client, server) = try #require(ends[flow])
                    let seconds = try ShapingBench.roundTrip(3, client, server)
                    #expect((seconds > 0.04) == item.shaped.contains(flow), "\(flow): \(seconds) s")
                    #expect(seconds < 0.07, "\(flow): \(seconds) s")
                }
            }
        }
    }
}
