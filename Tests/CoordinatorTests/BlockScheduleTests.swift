import Experiments
import Testing

@testable import Coordinator

@Suite("The order of trials")
struct BlockScheduleTests {
    private let variants = (0..<20).map { Variant([.init("network", "n\($0)")]) }

    @Test("a block runs every variant once", arguments: [0, 1, 42, UInt64.max])
    func everyVariantOnce(_ seed: UInt64) {
        let schedule = BlockSchedule(seed: seed)
        for block in 1...5 {
            let order = schedule.order(ofBlock: block, among: variants)
            #expect(order.count == variants.count)
            #expect(Set(order) == Set(variants))
        }
    }

    @Test("the same seed gives the same order, another seed and another block another one")
    func seeded() {
        let first = BlockSchedule(seed: 7).order(ofBlock: 1, among: variants)
        #expect(BlockSchedule(seed: 7).order(ofBlock: 1, among: variants) == first)
        #expect(BlockSchedule(seed: 8).order(ofBlock: 1, among: variants) != first)
        #expect(BlockSchedule(seed: 7).order(ofBlock: 2, among: variants) != first)
    }

    @Test("over many blocks every variant comes first about equally often")
    func fair() {
        let schedule = BlockSchedule(seed: 3)
        let firsts = (1...4000).map { schedule.order(ofBlock: $0, among: variants)[0] }
        for variant in variants {
            let count = firsts.filter { $0 == variant }.count
            // 200 are expected; five standard deviations (69) either way.
            #expect((131...269).contains(count), "\(variant) came first \(count) times")
        }
    }
}
