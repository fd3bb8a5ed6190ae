import Contract
import Quantities
import Testing

@testable import Netlink
@testable import TrafficShaping

/// What we send is what `tc` sends for the same.
@Suite("requests beside those of tc")
struct RecordedMessageTests {
    struct Asked: Sendable, CustomTestStringConvertible {
        let recording: String
        let impairment: LinkImpairment
        var testDescription: String { recording }

        init(_ recording: String, _ impairment: LinkImpairment) {
            self.recording = recording
            self.impairment = impairment
        }
    }

    private static let ms: UInt64 = 1_000_000

    static let everyImpairment: [Asked] = [
        Asked("netem-delay", LinkImpairment(delay: .init(nanoseconds: 10 * ms), limit: 1_000)),
        Asked("netem-delay-long", LinkImpairment(delay: .init(nanoseconds: 200_000 * ms), limit: 1_000)),
        Asked(
            "netem-delay-jitter",
            LinkImpairment(
                delay: .init(nanoseconds: 100 * ms, jitterNanoseconds: 10 * ms, correlation: 0.25), limit: 1_000)),
        Asked("netem-delay-normal", spread(.normal)),
        Asked("netem-delay-pareto", spread(.pareto)),
        Asked("netem-delay-paretonormal", spread(.paretonormal)),
        Asked("netem-loss", LinkImpairment(loss: .random(.init(0.01)), limit: 1_000)),
        Asked(
            "netem-loss-correlation", LinkImpairment(loss: .random(.init(0.003, correlation: 0.25)), limit: 1_000)),
        Asked(
            "netem-loss-gemodel",
            LinkImpairment(
                loss: .gilbertElliott(.init(toBad: 0.01, toGood: 0.1, lossInBad: 0.7, lossInGood: 0.001)), limit: 1_000)
        ),
        Asked(
            "netem-loss-gemodel-short",
            LinkImpairment(loss: .gilbertElliott(.init(toBad: 0.01, toGood: 0.1)), limit: 1_000)),
        Asked(
            "netem-loss-state",
            LinkImpairment(
                loss: .fourStates(.init(p13: 0.01, p31: 0.2, p32: 0.03, p23: 0.4, p14: 0.005)), limit: 1_000)),
        Asked("netem-duplicate", LinkImpairment(duplicate: .init(0.02), limit: 1_000)),
        Asked("netem-corrupt", LinkImpairment(corrupt: .init(0.005, correlation: 0.05), limit: 1_000)),
        Asked(
            "netem-reorder",
            LinkImpairment(
                delay: .init(nanoseconds: 10 * ms), reorder: .init(0.25, correlation: 0.5, gap: 5), limit: 1_000)),
        Asked("netem-rate", LinkImpairment(rate: .init(bitsPerSecond: 10e6), limit: 1_000)),
        Asked(
            "netem-rate-cell",
            LinkImpairment(
                rate: .init(bitsPerSecond: 10e6, packetOverhead: 20, cellSize: 53, cellOverhead: 5), limit: 1_000)),
        Asked("netem-rate-large", LinkImpairment(rate: .init(bitsPerSecond: 100e9), limit: 1_000)),
        Asked(
            "netem-slot",
            LinkImpairment(
                limit: 1_000,
                slots: .init(minimumNanoseconds: 800_000, maximumNanoseconds: ms, packets: 32, bytes: 65_536))),
        Asked(
            "netem-all",
            LinkImpairment(
                delay: .init(nanoseconds: 50 * ms, jitterNanoseconds: 5 * ms, correlation: 0.1),
                loss: .random(.init(0.01, correlation: 0.05)), duplicate: .init(0.01, correlation: 0.02),
                corrupt: .init(0.001, correlation: 0.03), reorder: .init(0.05, correlation: 0.2, gap: 3),
                rate: .init(bitsPerSecond: 100e6), limit: 5_000)),
    ]

    private static func spread(_ distribution: DelayDistribution) -> LinkImpairment {
        LinkImpairment(
            delay: .init(nanoseconds: 100 * ms, jitterNanoseconds: 20 * ms, distribution: distribution), limit: 1_000)
    }

    @Test("every impairment is sent in the same words", arguments: everyImpairment)
    func impairments(_ asked: Asked) throws {
        let recorded = try RecordedMessage(asked.recording)
        let request = QueueRequest(
            .add, "netem", onLinkWithIndex: 30, handle: ShapingPlan.handle, options: asked.impairment.netem.bytes)
        let ours = Self.attributes(request)
        // Nanoseconds stand beside the old unit, which is all that tc sends for a delay.
        let nanoseconds: Set<Int> = [10, 11]
        #expect(ours.body.without(nanoseconds, in: 2) == Self.attributes(recorded.body).body, "\(recorded.command)")
        #expect(ours.header == Self.attributes(recorded.body).header)
        #expect(request.type == recorded.type)
        #expect(UInt16(truncatingIfNeeded: request.flags) | 5 == recorded.flags)
        // What tc sent is read as what we would send.
        let options = try Self.options(recorded.body)
        #expect(NetemOptions(bytes: options) == asked.impairment.netem)
    }

    @Test(
        "queues are replaced, changed and taken away in the same words",
        arguments: [
            (
                "netem-replace",
                QueueRequest(
                    .replace, "netem", onLinkWithIndex: 30, handle: 0x4E4D_0000,
                    options: LinkImpairment(delay: .init(nanoseconds: 10_000_000), limit: 1_000).netem.bytes)
            ),
            (
                "netem-band",
                QueueRequest(
                    .replace, "netem", onLinkWithIndex: 30, parent: 0x4E4D_0002, handle: 0x4E4E_0000,
                    options: LinkImpairment(loss: .random(.init(0.1)), limit: 1_000).netem.bytes)
            ),
            (
                "prio",
                QueueRequest(
                    .replace, "prio", onLinkWithIndex: 30, handle: 0x4E4D_0000,
                    options: PriorityBands(2, usual: 0).bytes)
            ),
            (
                "prio-change",
                QueueRequest(
                    .change, "prio", onLinkWithIndex: 30, handle: 0x4E4D_0000, options: PriorityBands(2, usual: 1).bytes
                )
            ),
            ("delete-root", QueueRequest(.delete, "", onLinkWithIndex: 30, handle: 0x4E4D_0000)),
            (
                "ingress",
                QueueRequest(
                    .add, "ingress", onLinkWithIndex: 30, parent: QueueHandle.ingressParent,
                    handle: QueueHandle.ingress,
                    options: [])
            ),
            (
                "delete-ingress",
                QueueRequest(
                    .delete, "ingress", onLinkWithIndex: 30, parent: QueueHandle.ingressParent,
                    handle: QueueHandle.ingress)
            ),
        ])
    func queues(_ recording: String, _ request: QueueRequest) throws {
        let recorded = try RecordedMessage(recording)
        let ours = Self.attributes(request)
        let theirs = Self.attributes(recorded.body)
        #expect(ours.header == theirs.header, "\(recorded.command)")
        #expect(ours.body.without([10, 11], in: 2) == theirs.body)
        #expect(request.type == recorded.type)
        #expect(UInt16(truncatingIfNeeded: request.flags) | 5 == recorded.flags)
    }

    static let everyFilter: [(String, FilterRequest)] = [
        (
            "flower-peer",
            filter(1, TrafficFilter(peer: CIDR(IPAddress(10, 0, 0, 0), clampedPrefixLength: 8)), .egress, first: 0)
        ),
        ("flower-port", filter(2, TrafficFilter(content: .tcp, peerPort: 80), .egress, first: 0)),
        ("flower-icmp", filter(4, TrafficFilter(content: .icmp), .egress, first: 1)),
        (
            "flower-redirect",
            FilterRequest(
                linkIndex: 30, parent: QueueHandle.ingress, preference: 5,
                match: TrafficFilter(
                    peer: CIDR(IPAddress(10, 0, 0, 1), clampedPrefixLength: 32), content: .tcp, ownPort: 80
                ).matches(.ingress)[0],
                verdict: .redirect(linkIndex: 31))
        ),
        (
            "flower-source-port",
            FilterRequest(
                linkIndex: 30, parent: 0x4E4D_0000, preference: 3,
                match: PacketMatch(
                    family: .ipv6,
                    source: IPAddress(bytes: [0xFD] + [UInt8](repeating: 0, count: 15)).map {
                        CIDR($0, clampedPrefixLength: 64)
                    },
                    protocolNumber: 17, sourcePort: 53),
                verdict: .classify(0x4E4D_0001))
        ),
    ]

    private static func filter(
        _ preference: UInt16, _ filter: TrafficFilter, _ direction: ShapingDirection, first: Int
    ) -> FilterRequest {
        FilterRequest(
            linkIndex: 30, parent: 0x4E4D_0000, preference: preference, match: filter.matches(direction)[first],
            verdict: .classify(0x4E4D_0002))
    }

    @Test("filters are sent in the same words, and read back from them", arguments: everyFilter)
    func filters(_ recording: String, _ request: FilterRequest) throws {
        let recorded = try RecordedMessage(recording)
        var writer = MessageWriter()
        request.write(to: &writer)
        #expect(
            Self.attributes(writer.bytes, Self.flower).body == Self.attributes(recorded.body, Self.flower).body,
            "\(recorded.command)")
        #expect(writer.bytes.prefix(20) == recorded.body.prefix(20))
        // The kernel lists it with a number of its own.
        var listed = recorded.body
        listed[8] = 1
        #expect(listed.withUnsafeBytes { FilterRequest($0) } == request)
    }

    /// The structures that settings begin with; tc ends those of prio with an attribute that holds nothing.
    private static let structures = [
        "netem": Attributes.Nesting(inner: [2: .init(header: 24, inner: [5: .init()])]),
        "prio": Attributes.Nesting(inner: [2: .init(header: 20)]),
    ]
    private static let flower = Attributes.Nesting(
        inner: [2: .init(inner: [3: .init(inner: [1: .init(inner: [2: .init()])])])])

    private static func attributes(_ request: QueueRequest) -> (header: [UInt8], body: Attributes) {
        var writer = MessageWriter()
        request.write(to: &writer)
        return attributes(writer.bytes)
    }

    private static func attributes(
        _ body: [UInt8], _ nesting: Attributes.Nesting? = nil
    ) -> (header: [UInt8], body: Attributes) {
        let kind = String(decoding: body.dropFirst(24).prefix { $0 != 0 }, as: UTF8.self)
        return (
            Array(body.prefix(20)), .read(body.dropFirst(20), nested: nesting ?? structures[kind] ?? .init())
        )
    }

    private static func options(_ body: [UInt8]) throws -> [UInt8] {
        try Array(body.dropFirst(20)).withUnsafeBytes { raw in
            try #require(AttributeReader(raw).first { $0.type == 2 }.map { Array($0.payload) })
        }
    }
}
