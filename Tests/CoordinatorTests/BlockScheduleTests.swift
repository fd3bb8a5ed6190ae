import Contract
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

    @Test("a recorded seed gives the order that it gave when it was recorded")
    func lasting() {
        let orders = (1...3).map { block in
            BlockSchedule(seed: 42).order(ofBlock: block, among: Array(variants[..<6])).map(\.description).joined()
        }
        #expect(orders == ["n0n2n3n1n4n5", "n4n2n5n1n3n0", "n0n4n2n1n5n3"])
    }

    @Test("who runs after whom in a block says nothing about the next block")
    func independentBlocks() {
        let schedule = BlockSchedule(seed: 9)
        var kept = 0
        var movedUpByOne = 0
        for block in 1...400 {
            let before = schedule.order(ofBlock: block, among: variants)
            let after = schedule.order(ofBlock: block + 1, among: variants)
            for (position, variant) in before.enumerated() {
                guard let now = after.firstIndex(of: variant) else { continue }
                if now == position + 1 { movedUpByOne += 1 }
                if position + 1 < before.count, now + 1 < after.count, before[position + 1] == after[now + 1] {
                    kept += 1
                }
            }
        }
        // Of 400 · 20 places, 1/20 of 19/20 each are expected: 380; five standard deviations (95) either way.
        #expect((285...475).contains(kept), "\(kept) kept their successor")
        #expect((285...475).contains(movedUpByOne), "\(movedUpByOne) moved up by one")
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
