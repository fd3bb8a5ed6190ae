import Contract
import Quantities
import Testing

@Suite("settings of a shaping")
struct LinkShapingTests {
    private static let delay = LinkImpairment(delay: .init(nanoseconds: 1_000))

    private static func impairment(_ change: (inout LinkImpairment) -> Void) -> LinkShaping {
        var impairment = LinkImpairment()
        change(&impairment)
        return LinkShaping(impairment)
    }

    static let wrong: [(String, LinkShaping)] = [
        ("probe.impairment", LinkShaping(LinkImpairment())),
        ("probe.impairment", LinkShaping(LinkImpairment(seed: 1))),
        ("probe.impairment.delay.nanoseconds", impairment { $0.delay = .init(nanoseconds: 0) }),
        ("probe.impairment.delay.nanoseconds", impairment { $0.delay = .init(nanoseconds: 60_000_000_001) }),
        (
            "probe.impairment.delay.jitterNanoseconds",
            impairment { $0.delay = .init(nanoseconds: 5, jitterNanoseconds: 6) }
        ),
        ("probe.impairment.delay.correlation", impairment { $0.delay = .init(nanoseconds: 5, correlation: 0.1) }),
        (
            "probe.impairment.delay.correlation",
            impairment { $0.delay = .init(nanoseconds: 5, jitterNanoseconds: 1, correlation: 1.01) }
        ),
        ("probe.impairment.delay.distribution", impairment { $0.delay = .init(nanoseconds: 5, distribution: .normal) }),
        ("probe.impairment.loss.random.share", impairment { $0.loss = .random(.init(0)) }),
        ("probe.impairment.loss.random.share", impairment { $0.loss = .random(.init(1.5)) }),
        ("probe.impairment.loss.random.share", impairment { $0.loss = .random(.init(.nan)) }),
        ("probe.impairment.loss.random.correlation", impairment { $0.loss = .random(.init(0.1, correlation: -1)) }),
        (
            "probe.impairment.loss.gilbertElliott.toBad",
            impairment { $0.loss = .gilbertElliott(.init(toBad: 0, toGood: 0.1)) }
        ),
        (
            "probe.impairment.loss.gilbertElliott.toGood",
            impairment { $0.loss = .gilbertElliott(.init(toBad: 0.1, toGood: 0)) }
        ),
        (
            "probe.impairment.loss.fourStates.p14",
            impairment { $0.loss = .fourStates(.init(p13: 0.6, p31: 0.1, p32: 0, p23: 0, p14: 0.6)) }
        ),
        (
            "probe.impairment.loss.fourStates.p13",
            impairment { $0.loss = .fourStates(.init(p13: 0, p31: 0.1, p32: 0, p23: 0, p14: 0)) }
        ),
        ("probe.impairment.duplicate.share", impairment { $0.duplicate = .init(1e-12) }),
        ("probe.impairment.corrupt.share", impairment { $0.corrupt = .init(.infinity) }),
        ("probe.impairment.reorder", impairment { $0.reorder = .init(0.1) }),
        (
            "probe.impairment.reorder.gap",
            impairment {
                $0.delay = .init(nanoseconds: 1)
                $0.reorder = .init(0.1, gap: 0)
            }
        ),
        ("probe.impairment.rate.bitsPerSecond", impairment { $0.rate = .init(bitsPerSecond: 7) }),
        ("probe.impairment.rate.cellOverhead", impairment { $0.rate = .init(bitsPerSecond: 8, cellOverhead: 1) }),
        (
            "probe.impairment.limit",
            impairment {
                $0.rate = .init(bitsPerSecond: 8)
                $0.limit = 0
            }
        ),
        (
            "probe.impairment.slots.minimumNanoseconds",
            impairment { $0.slots = .init(minimumNanoseconds: 2, maximumNanoseconds: 1) }
        ),
        ("probe.interface", LinkShaping(delay, interface: "")),
        ("probe.interface", LinkShaping(delay, interface: "eth0/../lo")),
        ("probe.interface", LinkShaping(delay, interface: "a-name-of-16-bytes")),
        ("probe.filters.1.peerPort", LinkShaping(delay, filters: [.init(peerPort: 1), .init(peerPort: 0)])),
        ("probe.filters.0.ownPort", LinkShaping(delay, filters: [.init(content: .icmp, ownPort: 5)])),
        ("probe.exempt.0", LinkShaping(delay, exempt: [.init()])),
        ("probe.filters", LinkShaping(delay, filters: [TrafficFilter](repeating: .init(peerPort: 1), count: 1_001))),
    ]

    @Test("what cannot be carried out is found at its place", arguments: wrong)
    func refused(_ path: String, _ shaping: LinkShaping) {
        let error = #expect(throws: PlanError.self) { try shaping.validate() }
        #expect(error?.path == path)
        #expect(error?.reason.isEmpty == false)
    }

    static let right: [(String, LinkShaping)] = [
        ("10ms delay on egress of eth0", LinkShaping(LinkImpairment(delay: .init(nanoseconds: 10_000_000)))),
        (
            "100ms ± 10ms delay, 1% loss, 10Mbit rate on both directions of eth1",
            LinkShaping(
                LinkImpairment(
                    delay: .init(nanoseconds: 100_000_000, jitterNanoseconds: 10_000_000, distribution: .pareto),
                    loss: .random(.init(0.01)), rate: .init(bitsPerSecond: 10e6), seed: 3),
                direction: .both, interface: "eth1")
        ),
        (
            "5% loss in bursts on ingress of eth0 for tcp peer's port 80 but for all with 10.0.0.0/8",
            LinkShaping(
                LinkImpairment(loss: .gilbertElliott(.init(toBad: 0.01, toGood: 0.19))), direction: .ingress,
                filters: [.init(content: .tcp, peerPort: 80)],
                exempt: [.init(peer: CIDR(IPAddress(10, 0, 0, 0), clampedPrefixLength: 8))], replacesForeign: true)
        ),
        (
            "loss in bursts, 1% duplicates, 2% corruption, slots, room for 9 packets on egress of eth0",
            LinkShaping(
                LinkImpairment(
                    loss: .fourStates(.init(p13: 0.1, p31: 0.2, p32: 0.3, p23: 0.4, p14: 0.5)), duplicate: .init(0.01),
                    corrupt: .init(0.02), limit: 9, slots: .init(minimumNanoseconds: 0, maximumNanoseconds: 5)))
        ),
    ]

    @Test("what can is said in words, and crosses to an agent unchanged", arguments: right)
    func accepted(_ words: String, _ shaping: LinkShaping) throws {
        #expect(shaping.words == words)
        let plan = ProbePlan(probe: shaping, deadlineSeconds: 5, seed: 3)
        try plan.validate()
        let read = try ProbePlan(json: plan.json(), kinds: [LinkShaping.self])
        #expect(read == plan)
    }

    @Test("a loss is one model, under its name")
    func lossInPlans() throws {
        let json = try ProbePlan(
            probe: LinkShaping(LinkImpairment(loss: .random(.init(0.25)))), deadlineSeconds: 5
        ).json()
        #expect(json.contains(#""loss":{"random":{"correlation":0,"share":0.25}}"#), "\(json)")
        for wrong in ["{}", #"{"random":{"correlation":0,"share":0.25},"fourStates":{}}"#] {
            let changed = json.replacing(#"{"random":{"correlation":0,"share":0.25}}"#, with: wrong)
            let error = #expect(throws: PlanError.self) { try ProbePlan(json: changed, kinds: [LinkShaping.self]) }
            #expect(error?.path == "probe.impairment.loss")
        }
    }

    @Test("metrics of each direction have names of their own")
    func metrics() {
        let names = [ShapingDirection.egress, .ingress].flatMap {
            [ConditionMetrics.shapedPackets($0).name, ConditionMetrics.shapedDrops($0).name]
        }
        #expect(Set(names).count == 4)
        #expect(Set(names).isSubset(of: ConditionMetrics.all.map(\.name)))
    }
}
