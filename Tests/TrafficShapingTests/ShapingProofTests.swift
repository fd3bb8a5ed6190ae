import Contract
import Testing

@testable import Netlink
@testable import TrafficShaping

@Suite("what the kernel says, beside what was asked of it")
struct ShapingProofTests {
    private static let state = InterfaceState(name: "eth0", index: 30, freeIndex: 77)

    /// What a kernel that does what it is told says of a plan.
    private static func told(_ plan: ShapingPlan) -> [InstalledQueue] {
        var queues: [UInt64: InstalledQueue] = [:]
        for case .queue(let request) in plan.changes.map(\.step) {
            queues[UInt64(request.linkIndex) << 32 | UInt64(request.parent)] = InstalledQueue(
                kind: request.kind, linkIndex: request.linkIndex, handle: request.handle, parent: request.parent,
                options: request.options)
        }
        return Array(queues.values)
    }

    @Test("a kernel that does what it is told is believed", arguments: ShapingDirection.allCases)
    func holds(_ direction: ShapingDirection) throws {
        for filters in [[], [TrafficFilter(peerPort: 80)]] {
            let shaping = LinkShaping(
                LinkImpairment(
                    delay: .init(nanoseconds: 1_000_000, jitterNanoseconds: 9, distribution: .pareto),
                    rate: .init(bitsPerSecond: 1e11)),
                direction: direction, filters: filters, exempt: [TrafficFilter(content: .icmp)])
            let plan = try ShapingPlan(shaping, on: Self.state)
            #expect(ShapingProof.difference(plan, queues: Self.told(plan), filters: plan.filters) == nil)
            #expect(ShapingProof.difference(plan, queues: Self.told(plan), filters: plan.filters.dropLast()) != nil)
            #expect(ShapingProof.difference(plan, queues: [], filters: plan.filters) != nil)
        }
    }

    @Test("another loss, another number and another kind are found")
    func differs() throws {
        let plan = try ShapingPlan(LinkShaping(LinkImpairment(loss: .random(.init(0.1)))), on: Self.state)
        let less = LinkImpairment(loss: .random(.init(0.0999))).netem.bytes
        for queue in [
            InstalledQueue(kind: "netem", linkIndex: 30, handle: ShapingPlan.handle, options: less),
            InstalledQueue(kind: "netem", linkIndex: 30, handle: 0x1_0000, options: Self.told(plan)[0].options),
            InstalledQueue(kind: "pfifo", linkIndex: 30, handle: ShapingPlan.handle),
        ] {
            #expect(ShapingProof.difference(plan, queues: [queue], filters: []) != nil)
        }
    }

    @Test("a seed that nobody asked for is the kernel's own, and one that was not taken is said")
    func seeds() throws {
        var said = LinkImpairment(loss: .random(.init(0.1)), seed: 4_711).netem
        let queue = { InstalledQueue(kind: "netem", linkIndex: 30, handle: ShapingPlan.handle, options: said.bytes) }
        let without = try ShapingPlan(LinkShaping(LinkImpairment(loss: .random(.init(0.1)))), on: Self.state)
        #expect(ShapingProof.difference(without, queues: [queue()], filters: []) == nil)
        let with = try ShapingPlan(LinkShaping(LinkImpairment(loss: .random(.init(0.1)), seed: 4_711)), on: Self.state)
        #expect(ShapingProof.difference(with, queues: [queue()], filters: []) == nil)
        said.seed = nil
        #expect(ShapingProof.difference(with, queues: [queue()], filters: [])?.isBeyondKernel == true)
        said.seed = 4_712
        #expect(ShapingProof.difference(with, queues: [queue()], filters: []) != nil)
    }

    @Test("what is not as it was before is found")
    func leaked() {
        let noqueue = InstalledQueue(kind: "noqueue", linkIndex: 30, handle: 0)
        var before = Self.state
        before.queues = [noqueue]
        #expect(InterfaceReader.difference(before, before) == nil)
        var now = before
        now.queues = [InstalledQueue(kind: "netem", linkIndex: 30, handle: ShapingPlan.handle)]
        #expect(InterfaceReader.difference(before, now)?.contains("netem 4e4d:") == true)
        now = before
        now.segmentation.segments = 1
        #expect(InterfaceReader.difference(before, now)?.contains("65535") == true)
        now = before
        now.hasIntermediary = true
        #expect(InterfaceReader.difference(before, now)?.contains("nm-shape30") == true)
        var had = before
        had.queues = [InstalledQueue(kind: "tbf", linkIndex: 30, handle: 0x1_0000, options: [1])]
        now = had
        now.queues = [InstalledQueue(kind: "tbf", linkIndex: 30, handle: 0x1_0000, options: [2])]
        #expect(InterfaceReader.difference(had, now)?.contains("other settings") == true)
    }

    @Test("times of codel are given back so that the kernel says the same again", arguments: ["codel", "fq_codel"])
    func codel(_ kind: String) {
        for microseconds: UInt32 in [1, 999, 4_999, 5_000, 7_000, 99_999, 100_000] {
            // What a kernel says to whom it was given.
            func said(_ time: UInt32) -> UInt32 { UInt32(((UInt64(time) * 1_000 >> 10) << 10) / 1_000) }
            var options = MessageWriter()
            options.attribute(1, said(microseconds))
            options.attribute(2, UInt32(10_240))
            let queue = InstalledQueue(kind: kind, linkIndex: 30, handle: 1 << 16, options: options.bytes)
            let request = queue.restoration
            let given = (request.options ?? []).withUnsafeBytes { raw in
                AttributeReader(raw).map { $0.number(UInt32.self) ?? 0 }
            }
            #expect(given.count == 2)
            #expect(said(given.first ?? 0) == said(microseconds))
            #expect(given.last == 10_240)
            #expect((request.change, request.handle) == (.replace, 1 << 16))
        }
    }
}
