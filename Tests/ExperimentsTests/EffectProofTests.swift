import Contract
import Testing

@testable import Experiments

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
        #expect(EffectProof.roundTrip(before: 0, during: nil, shaping(0.01, filtered: true)) != nil)
    }

    @Test("what still delays after its end is not undone")
    func restored() {
        #expect(EffectProof.restored(before: 0.0001, after: 0.0002, shaping(0.01)) == nil)
        #expect(EffectProof.restored(before: 0.0001, after: 0.0101, shaping(0.01)) != nil)
        #expect(EffectProof.restored(before: 0.0001, after: nil, shaping(0.01)) != nil)
    }

    @Test("a busy machine makes most round trips longer, and the quickest tells what a delay adds and that it is gone")
    func busy() {
        func reading(_ quickest: Double, _ median: Double) -> PathReading {
            PathReading(sent: 11, answered: 11, roundTrip: median, quickest: quickest)
        }
        let (steady, shaken) = (shaping(0.01), shaping(0.01, jitter: 0.004))
        let (calm, busy) = (reading(0.0001, 0.0002), reading(0.0001, 0.0011))
        #expect(EffectProof.problem(before: busy, during: reading(0.0101, 0.0103), steady) == nil)
        #expect(EffectProof.problem(before: calm, during: reading(0.0102, 0.0190), steady) == nil)
        #expect(EffectProof.problem(before: calm, during: reading(0.0002, 0.0103), steady) != nil)
        #expect(EffectProof.restored(before: calm, after: reading(0.0002, 0.0120), steady) == nil)
        #expect(EffectProof.restored(before: calm, after: reading(0.0101, 0.0101), steady) != nil)
        // One packet that was hardly delayed says nothing of the others.
        #expect(EffectProof.problem(before: busy, during: reading(0.0061, 0.0101), shaken) == nil)
        #expect(EffectProof.restored(before: calm, after: reading(0.0002, 0.0120), shaken) != nil)
        #expect(EffectProof.restored(before: calm, after: reading(0.0001, 0.0004), shaken) == nil)
        let wild = shaping(0.01, jitter: 0.01)
        #expect(EffectProof.restored(before: calm, after: reading(0.0001, 0.0004), wild) == nil)
        #expect(EffectProof.restored(before: calm, after: reading(0.0002, 0.0110), wild) != nil)
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

    private func effect(_ impairment: LinkImpairment, _ direction: ShapingDirection = .egress) -> ExpectedEffect {
        LinkShaping(impairment, direction: direction).expectedEffect ?? ExpectedEffect()
    }

    private let before = PathReading(sent: 1_000, answered: 1_000, roundTrip: 0.0001, rate: 9e9)

    @Test(
        "shares of packets hold within what chance allows 99 times of 100",
        arguments: [(50, true), (36, true), (32, false), (67, true), (72, false), (0, false)])
    func shares(_ cases: Int, _ holds: Bool) {
        let share = PacketShare(0.05)
        let lost = PathReading(sent: 1_000, answered: 1_000 - cases, roundTrip: 0.0001)
        let doubled = PathReading(sent: 1_000, answered: 1_000, duplicated: cases, roundTrip: 0.0001)
        for (reading, impairment) in [
            (lost, LinkImpairment(loss: .random(share))), (lost, LinkImpairment(corrupt: share)),
            (doubled, LinkImpairment(duplicate: share)),
        ] {
            let reason = EffectProof.problem(before: before, during: reading, effect(impairment))
            #expect((reason == nil) == holds, "\(reason ?? "it holds")")
        }
    }

    @Test("a path that loses by itself tells nothing of what is lost on purpose")
    func lossyBefore() {
        let effect = effect(LinkImpairment(loss: .random(PacketShare(0.05))))
        let during = PathReading(sent: 1_000, answered: 950, roundTrip: 0.0001)
        for (lost, isFine) in [(0, true), (10, true), (50, false), (200, false)] {
            let before = PathReading(sent: 1_000, answered: 1_000 - lost, roundTrip: 0.0001)
            #expect((EffectProof.problem(before: before, during: during, effect) == nil) == isFine, "\(lost)")
        }
    }

    @Test("packets that overtake are held to their share, after a gap, too")
    func overtaking() {
        func holds(_ overtaking: Int, gap: Int) -> Bool {
            let effect = effect(
                LinkImpairment(
                    delay: PacketDelay(nanoseconds: 10_000_000), reorder: PacketReordering(0.5, gap: gap)))
            let reading = PathReading(sent: 1_000, answered: 1_000, overtaking: overtaking, roundTrip: 0.01)
            return EffectProof.problem(before: before, during: reading, effect) == nil
        }
        #expect(holds(500, gap: 1) && !holds(400, gap: 1) && !holds(0, gap: 1))
        // Four that do not, and then on average one more that does not either.
        #expect(holds(167, gap: 5) && !holds(500, gap: 5))
    }

    @Test("a rate holds within 5 %, and only who sends more can tell")
    func rates() {
        let effect = effect(LinkImpairment(rate: LinkRate(bitsPerSecond: 1e7)))
        func problem(_ rate: Double, sent: Double = 1.5e7) -> String? {
            let reading = PathReading(sent: 11, answered: 11, roundTrip: 0.0001, rate: rate, sentRate: sent)
            return EffectProof.problem(before: before, during: reading, effect)
        }
        #expect(problem(9.6e6) == nil && problem(1.04e7) == nil)
        #expect(problem(9.4e6) != nil && problem(1.06e7) != nil)
        #expect(problem(8e6, sent: 8e6) == nil)
        #expect(EffectProof.isTooSlow(PathReading(sent: 11, sentRate: 8e6), effect))
        #expect(!EffectProof.isTooSlow(PathReading(sent: 11, sentRate: 2e7), effect))
    }

    @Test("where nothing should come back, anything that does is no effect, and afterwards everything comes")
    func silence() {
        let effect = TrafficCut().expectedEffect ?? ExpectedEffect()
        let none = PathReading(sent: 11)
        let one = PathReading(sent: 11, answered: 1, roundTrip: 0.1)
        #expect(EffectProof.problem(before: before, during: none, effect) == nil)
        #expect(EffectProof.problem(before: before, during: one, effect) != nil)
        #expect(EffectProof.restored(before: before, after: none, effect) != nil)
        #expect(EffectProof.restored(before: before, after: before, effect) == nil)
    }

    @Test("what still loses, doubles or holds back is not undone")
    func notRestored() {
        let loss = effect(LinkImpairment(loss: .random(PacketShare(0.2))))
        #expect(
            EffectProof.restored(before: before, after: PathReading(sent: 300, answered: 240, roundTrip: 0), loss)
                != nil)
        #expect(
            EffectProof.restored(before: before, after: PathReading(sent: 300, answered: 299, roundTrip: 0), loss)
                == nil)
        let rate = effect(LinkImpairment(rate: LinkRate(bitsPerSecond: 1e7)))
        let slow = PathReading(sent: 11, answered: 11, roundTrip: 0.0001, rate: 1e7)
        #expect(EffectProof.restored(before: before, after: slow, rate) != nil)
        #expect(EffectProof.restored(before: before, after: before, rate) == nil)
    }
}
