import Contract
import Quantities
import Testing

@testable import Netlink
@testable import TrafficShaping

@Suite("plans of shaping, and their undoing")
struct ShapingPlanTests {
    private static let delay = LinkImpairment(delay: .init(nanoseconds: 10_000_000))
    private static let loss = LinkImpairment(loss: .random(.init(0.1)))
    private static let noqueue = InstalledQueue(kind: "noqueue", linkIndex: 30, handle: 0)
    private static let tbf = InstalledQueue(kind: "tbf", linkIndex: 30, handle: 0x8001_0000, options: [1, 2, 3, 4])

    private static func state(
        _ queues: [InstalledQueue] = [noqueue], filters: Int = 0, segments: UInt32 = 65_535, intermediary: Bool = false
    ) -> InterfaceState {
        InterfaceState(
            name: "eth0", index: 30, queues: queues, rootFilters: filters,
            segmentation: SegmentationLimits(segments: segments, bytes: 65_536), hasIntermediary: intermediary,
            freeIndex: 77)
    }

    /// A step in a few words.
    private static func words(_ step: ShapingStep) -> String {
        switch step {
        case .limitSegments(let count, let index): "segments \(count) of \(index)"
        case .addIntermediary(let name, let index): "add \(name) \(index)"
        case .bringUp(let name): "up \(name)"
        case .deleteLink(let name): "delete \(name)"
        case .queue(let request):
            "\(request.change) \(request.kind) \(QueueHandle.words(request.handle)) at \(QueueHandle.words(request.parent)) of \(request.linkIndex)"
        case .filter(let filter):
            "filter \(filter.preference) of \(QueueHandle.words(filter.parent)): \(filter.verdict)"
        }
    }

    private static func steps(
        _ shaping: LinkShaping, _ state: InterfaceState = state()
    ) throws -> (
        apply: [String], undo: [String]
    ) {
        let plan = try ShapingPlan(shaping, on: state)
        return (plan.changes.map { words($0.step) }, plan.undo.map(words))
    }

    @Test("all packets that leave: one discipline in one step, and the kernel's own comes back")
    func egress() throws {
        let steps = try Self.steps(LinkShaping(Self.delay))
        #expect(steps.apply == ["replace netem 4e4d: at root of 30"])
        #expect(steps.undo == ["delete netem 4e4d: at root of 30"])
    }

    @Test("single packets: they are cut before the queue meanwhile, unless they are already")
    func segments() throws {
        let steps = try Self.steps(LinkShaping(Self.loss))
        #expect(steps.apply == ["segments 1 of 30", "replace netem 4e4d: at root of 30"])
        #expect(steps.undo == ["delete netem 4e4d: at root of 30", "segments 65535 of 30"])
        #expect(try Self.steps(LinkShaping(Self.loss), Self.state(segments: 1)).apply.count == 1)
    }

    @Test("some packets: none is shaped before all rules stand, and the exempt are asked first")
    func selective() throws {
        let peer = try CIDR(parsing: "10.0.0.0/8")
        let chosen = LinkShaping(
            Self.delay, filters: [TrafficFilter(peer: peer)], exempt: [TrafficFilter(content: .icmp)])
        #expect(
            try Self.steps(chosen).apply == [
                "replace prio 4e4d: at root of 30", "replace netem 4e4e: at 4e4d:2 of 30",
                "filter 1 of 4e4d:: classify(1313669121)", "filter 2 of 4e4d:: classify(1313669121)",
                "filter 3 of 4e4d:: classify(1313669122)",
            ])
        #expect(try Self.steps(chosen).undo == ["delete prio 4e4d: at root of 30"])
        let allBut = LinkShaping(Self.delay, exempt: [TrafficFilter(peer: peer)])
        #expect(
            try Self.steps(allBut).apply == [
                "replace prio 4e4d: at root of 30", "replace netem 4e4e: at 4e4d:2 of 30",
                "filter 1 of 4e4d:: classify(1313669121)", "change prio 4e4d: at root of 30",
            ])
    }

    @Test("packets that arrive: through a link of their own, which is there before the first is sent there")
    func ingress() throws {
        let steps = try Self.steps(LinkShaping(Self.delay, direction: .ingress))
        #expect(
            steps.apply == [
                "add nm-shape30 77", "up nm-shape30", "replace netem 4e4d: at root of 77",
                "add ingress ffff: at ingress of 30", "filter 1 of ffff:: redirect(linkIndex: 77)",
            ])
        #expect(steps.undo == ["delete ingress ffff: at ingress of 30", "delete nm-shape30"])
        let both = try ShapingPlan(LinkShaping(Self.loss, direction: .both), on: Self.state())
        #expect(both.undo.count == 4)
        #expect(both.remarks.count == 1)
        #expect(both.remarks.first?.contains("65536 bytes") == true)
    }

    @Test("what somebody else put there is refused by its name, or put back in one step")
    func foreign() throws {
        let state = Self.state([Self.tbf])
        let error = #expect(throws: ShapingError.self) { try ShapingPlan(LinkShaping(Self.delay), on: state) }
        #expect(error?.code == .foreign)
        #expect(error?.description.contains("tbf 8001:") == true)
        #expect(error?.nextStep.contains("replacesForeign") == true)
        let told = LinkShaping(Self.delay, replacesForeign: true)
        let plan = try ShapingPlan(told, on: state)
        #expect(
            plan.undo == [
                .queue(QueueRequest(.replace, "tbf", onLinkWithIndex: 30, handle: 0x8001_0000, options: [1, 2, 3, 4]))
            ])
        // What only arrives does not touch it.
        #expect(throws: Never.self) { try ShapingPlan(LinkShaping(Self.delay, direction: .ingress), on: state) }
        let child = InstalledQueue(kind: "sfq", linkIndex: 30, handle: 0x8002_0000, parent: 0x8001_0001)
        for state in [
            Self.state([Self.tbf, child]), Self.state([Self.tbf], filters: 1),
            Self.state([InstalledQueue(kind: "htb", linkIndex: 30, handle: 0x1_0000)]),
        ] {
            #expect(throws: ShapingError.self) { try ShapingPlan(told, on: state) }
        }
    }

    @Test("rules of somebody else for what arrives are refused, whatever was said")
    func foreignIngress() throws {
        let clsact = InstalledQueue(
            kind: "clsact", linkIndex: 30, handle: QueueHandle.ingress, parent: QueueHandle.ingressParent)
        let state = Self.state([Self.noqueue, clsact])
        let error = #expect(throws: ShapingError.self) {
            try ShapingPlan(LinkShaping(Self.delay, direction: .both, replacesForeign: true), on: state)
        }
        #expect(error?.cause.contains("clsact") == true)
        let leaving = try ShapingPlan(LinkShaping(Self.delay), on: state)
        #expect(leaving.remarks.count == 1)
        #expect(leaving.remarks.first?.contains("clsact") == true)
    }

    @Test("what was left by somebody who was killed is cleared away first, and said")
    func leftovers() throws {
        let ours = InstalledQueue(kind: "prio", linkIndex: 30, handle: ShapingPlan.handle)
        let ingress = InstalledQueue(
            kind: "ingress", linkIndex: 30, handle: QueueHandle.ingress, parent: QueueHandle.ingressParent)
        let state = Self.state([ours, ingress], intermediary: true)
        let plan = try ShapingPlan(LinkShaping(Self.delay, direction: .both), on: state)
        #expect(
            plan.changes.prefix(3).map { Self.words($0.step) } == [
                "delete prio 4e4d: at root of 30", "delete ingress ffff: at ingress of 30", "delete nm-shape30",
            ])
        #expect(plan.changes.prefix(3).allSatisfy { $0.undo == nil })
        #expect(plan.remarks.first?.contains("killed") == true)
        #expect(InterfaceReader.difference(state, Self.state()) == nil)
    }

    @Test("the loopback is refused")
    func loopback() {
        var state = Self.state()
        state.isLoopback = true
        let error = #expect(throws: ShapingError.self) { try ShapingPlan(LinkShaping(Self.delay), on: state) }
        #expect(error?.code == .refused)
    }

    @Test(
        "a filter stands for every family and content that it says nothing of, and its peer is where packets go or come from"
    )
    func matches() throws {
        let six = try CIDR(parsing: "fd00::1/64")
        #expect(
            TrafficFilter(content: .tcp, peerPort: 80).matches(.egress) == [
                PacketMatch(family: .ipv4, protocolNumber: 6, destinationPort: 80),
                PacketMatch(family: .ipv6, protocolNumber: 6, destinationPort: 80),
            ])
        #expect(
            TrafficFilter(peer: six, peerPort: 53, ownPort: 99).matches(.ingress)
                == [6, 17].map {
                    PacketMatch(
                        family: .ipv6, source: CIDR(six.network, clampedPrefixLength: 64), protocolNumber: $0,
                        sourcePort: 53,
                        destinationPort: 99)
                })
        #expect(TrafficFilter(content: .icmp).matches(.egress).map(\.protocolNumber) == [1, 58])
        #expect(try TrafficFilter(peer: CIDR(parsing: "0.0.0.0/0")).matches(.egress) == [PacketMatch(family: .ipv4)])
    }
}
