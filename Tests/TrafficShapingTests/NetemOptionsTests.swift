import Contract
import Statistics
import Testing

@testable import Netlink
@testable import TrafficShaping

@Suite("settings of netem")
struct NetemOptionsTests {
    @Test("what is written reads back as the same, whatever it is")
    func roundTrip() {
        var generator = SeededGenerator(seed: 20_261_129)
        for _ in 0..<2_000 {
            let options = Self.options(&generator)
            #expect(NetemOptions(bytes: options.bytes) == options)
        }
    }

    @Test("what is too short is nothing, and what ends in the middle does no harm")
    func short() {
        let whole = LinkImpairment(
            delay: .init(nanoseconds: 1_000_000), loss: .gilbertElliott(.init(toBad: 0.1, toGood: 0.2)),
            rate: .init(bitsPerSecond: 1e12)
        ).netem.bytes
        for length in 0..<whole.count {
            let read = NetemOptions(bytes: Array(whole.prefix(length)))
            #expect((read == nil) == (length < 24))
        }
    }

    @Test("delays of any length are exact; the old unit of time ends at 275 s, and is cut off there")
    func times() {
        for nanoseconds: Int64 in [1, 63, 64, 65, 1_000_000, 60_000_000_000, 300_000_000_000] {
            var options = NetemOptions(limit: 1)
            options.delayNanoseconds = nanoseconds
            #expect(NetemOptions(bytes: options.bytes)?.delayNanoseconds == nanoseconds)
            let old = options.bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }
            #expect(old == UInt32(clamping: nanoseconds / 64))
        }
    }

    @Test("room is for what is on the way, unless it is said")
    func room() {
        let second = PacketDelay(nanoseconds: 1_000_000_000)
        #expect(LinkImpairment(delay: second).netem.limit == 100_000)
        #expect(LinkImpairment(delay: second, limit: 7).netem.limit == 7)
        #expect(LinkImpairment(rate: .init(bitsPerSecond: 1e6)).netem.limit == 1_000)
        #expect(LinkImpairment(delay: second, rate: .init(bitsPerSecond: 100e6)).netem.limit == 26_000)
    }

    @Test(
        "tables have about the mean 0, as those of iproute2, and grow",
        arguments: [DelayDistribution.normal, .pareto, .paretonormal])
    func tables(_ distribution: DelayDistribution) {
        let table = DelayTable.table(distribution)
        #expect(table.count == 4_096)
        #expect(table.dropFirst() == table.dropFirst().sorted()[...])
        let mean = table.reduce(0) { $0 + Double($1) } / 4_096 / 8_192
        #expect(abs(mean) < 0.04)
        #expect(DelayTable.table(.uniform).isEmpty)
    }

    private static func options(_ random: inout SeededGenerator) -> NetemOptions {
        func number() -> UInt32 { UInt32(truncatingIfNeeded: random.next()) }
        func sometimes<Value>(_ value: @autoclosure () -> Value) -> Value? { random.next() % 2 == 0 ? value() : nil }
        var options = NetemOptions(limit: number())
        options.delayNanoseconds = Int64(number()) * 13
        options.jitterNanoseconds = Int64(number()) * 3
        options.delayCorrelation = number()
        options.loss = .init(share: number(), correlation: number())
        options.duplicate = .init(share: number(), correlation: number())
        options.gap = number()
        // A correlation of nothing is not sent.
        options.reorder = sometimes(.init(share: number() | 1, correlation: number())) ?? .init()
        options.corrupt = sometimes(.init(share: number() | 1, correlation: number())) ?? .init()
        options.lossModel =
            sometimes(.gilbertElliott(p: number(), r: number(), h: number(), k1: number()))
            ?? sometimes(.fourStates(p13: number(), p31: number(), p32: number(), p14: number(), p23: number()))
        options.rate = sometimes(
            .init(
                bytesPerSecond: random.next() >> (random.next() % 60) | 1,
                packetOverhead: Int32(bitPattern: number()), cellSize: number(),
                cellOverhead: Int32(bitPattern: number())))
        options.slot = sometimes(
            .init(
                minimumNanoseconds: Int64(number()), maximumNanoseconds: Int64(number()), packets: 3, bytes: 4))
        options.seed = sometimes(random.next())
        options.delayTable = sometimes([1, -2, 32_767]) ?? []
        return options
    }
}
