import Contract
import Testing

@testable import Coordinator

@Suite("Whether a condition did what was asked")
struct EffectProofTests {
    private func shaping(
        _ delay: Double, jitter: Double = 0, _ direction: ShapingDirection = .egress, filtered: Bool = false
    ) -> ExpectedEffect {
        let shaping = LinkShaping(
            LinkImpairment(
                delay: PacketDelay(nanoseconds: UInt64(delay * 1e9), jitterNanoseconds: UInt64(jitter * 1e9))),
            direction: direction, filters: filtered ? [TrafficFilter(peerPort: 80)] : [])
        return shaping.expectedEffect ?? ExpectedEffect()
    }

    @Test(
        "a delay holds within 2 % or 0.3 ms below, and 10 % or 3 ms above",
        arguments: [(0.0097, false), (0.00965, false), (0.0101, true), (0.0130, true), (0.0133, false), (0.0099, true)]
    )
    func delay(_ during: Double, _ holds: Bool) {
        let reason = EffectProof.roundTrip(before: 0.0001, during: during, shaping(0.01))
        #expect((reason == nil) == holds, "\(reason ?? "it holds")")
    }

    @Test("both directions delay twice, jitter widens, and silence is no effect")
    func ranges() {
        #expect(EffectProof.roundTrip(before: 0, during: 0.02, shaping(0.01, .both)) == nil)
        #expect(EffectProof.roundTrip(before: 0, during: 0.01, shaping(0.01, .both)) != nil)
        #expect(EffectProof.roundTrip(before: 0, during: 0.008, shaping(0.01)) != nil)
        #expect(EffectProof.roundTrip(before: 0, during: 0.008, shaping(0.01, jitter: 0.003)) == nil)
        #expect(EffectProof.roundTrip(before: 0, during: nil, shaping(0.01)) != nil)
        #expect(EffectProof.roundTrip(before: 0, during: nil, shaping(0.01, filtered: true)) == nil)
    }

    @Test("what still delays after its end is not undone")
    func restored() {
        #expect(EffectProof.restored(before: 0.0001, after: 0.0002, shaping(0.01)) == nil)
        #expect(EffectProof.restored(before: 0.0001, after: 0.0101, shaping(0.01)) != nil)
        #expect(EffectProof.restored(before: 0.0001, after: nil, shaping(0.01)) != nil)
    }

    @Test("losses are held to their share by what chance allows, bursts by more, and few say nothing")
    func losses() throws {
        func effect(_ loss: PacketLoss, limit: Int? = nil) throws -> ExpectedEffect {
            try #require(LinkShaping(LinkImpairment(loss: loss, limit: limit)).expectedEffect)
        }
        let one = try effect(.random(PacketShare(0.01)))
        // 20,000 packets: 200 are expected, and the standard deviation is 14.
        #expect(EffectProof.losses(200, of: 20_000, one) == nil)
        #expect(EffectProof.losses(255, of: 20_000, one) == nil)
        #expect(EffectProof.losses(270, of: 20_000, one) != nil)
        #expect(EffectProof.losses(130, of: 20_000, one) != nil)
        #expect(EffectProof.losses(0, of: 400, one) == nil, "four expected losses say nothing")
        let bursts = try effect(.gilbertElliott(.init(toBad: 0.01, toGood: 0.25)))
        #expect(abs((bursts.loss ?? 0) - 0.01 / 0.26) < 1e-12)
        #expect(EffectProof.losses(900, of: 20_000, bursts) == nil)
        #expect(EffectProof.losses(2_000, of: 20_000, bursts) != nil)
        #expect(try effect(.random(PacketShare(0.01)), limit: 5).loss == nil)
        #expect(try effect(.random(PacketShare(0.01, correlation: 0.2))).loss == nil)
    }
}
