import Contract
import Quantities
import Testing

@testable import Experiments

@Suite("How a path is read")
struct PathPlanTests {
    private func plan(
        _ impairment: LinkImpairment, longest: Double = 0, for purpose: PathPurpose = .size,
        budget: Double = .infinity
    ) throws -> PathPlan {
        let effect = try #require(LinkShaping(impairment).expectedEffect)
        return PathPlan(effect, PathTraffic(), family: .ipv4, longest: longest, for: purpose, budget: budget)
    }

    @Test("a delay takes few packets, a share as many as it takes to be seen, within a budget")
    func counts() throws {
        #expect(try plan(LinkImpairment(delay: PacketDelay(nanoseconds: 10_000_000))).count == PathPlan.few)
        #expect(try plan(LinkImpairment(duplicate: PacketShare(0.1))).count == 600)
        #expect(try plan(LinkImpairment(duplicate: PacketShare(0.9))).count == 300)
        #expect(try plan(LinkImpairment(loss: .random(PacketShare(0.001)))).count == 2_000)
        #expect(try plan(LinkImpairment(loss: .random(PacketShare(0.001))), budget: 1).count == 1_000)
    }

    @Test("that an effect is not there is told by fewer packets than how large it is")
    func purposes() throws {
        let loss = LinkImpairment(loss: .random(PacketShare(0.01)))
        #expect(try plan(loss).count == 2_000)
        #expect((990...1_000).contains(try plan(loss, for: .absence).count))
        let rate = LinkImpairment(rate: LinkRate(bitsPerSecond: 1e8))
        #expect(try plan(rate, for: .absence).burstSeconds < plan(rate).burstSeconds)
    }

    @Test("packets that are to overtake come while others are under way, and those on a slow link do not wait")
    func intervals() throws {
        let reordering = LinkImpairment(
            delay: PacketDelay(nanoseconds: 4_000_000), reorder: PacketReordering(0.5))
        #expect(try plan(reordering, longest: 0.004).interval <= 0.0005)
        let slow = try plan(LinkImpairment(rate: LinkRate(bitsPerSecond: 1e5)))
        #expect(slow.interval > 106 * 8 / 1e5)
    }

    @Test("a burst is faster than its rate, and there is none where it would last")
    func bursts() throws {
        for rate in [1e5, 1e6, 1e7, 1e8] {
            let burst = try #require(
                try plan(LinkImpairment(rate: LinkRate(bitsPerSecond: rate))).burst(to: .init(10, 0, 0, 1), port: 1))
            let bits = Double((burst.payloadSize + 42) * 8)
            let sent = bits / (Double(burst.intervalNanoseconds) / 1e9)
            #expect(abs(sent / rate - 1.5) < 0.01, "\(rate)")
            #expect(Double(burst.count) * bits / rate < 5)
        }
        #expect(
            try plan(LinkImpairment(rate: LinkRate(bitsPerSecond: 1_000))).burst(to: .init(10, 0, 0, 1), port: 1)
                == nil)
    }

    @Test("packets are as large as what is about sizes asks for, headers included")
    func sizes() {
        let effect = ExpectedEffect(isSilence: true)
        for (carrier, family, payload) in [
            (PathTraffic.Carrier.udp, IPAddress.Family.ipv4, 1_173), (.udp, .ipv6, 1_153), (.tcp, .ipv4, 1_161),
            (.icmp, .ipv4, 1_173), (.icmp, .ipv6, 1_153),
        ] {
            let traffic = PathTraffic(carrier, packetBytes: 1_201)
            #expect(PathPlan(effect, traffic, family: family, longest: 0).payloadSize == payload)
        }
    }

    @Test("what is about new connections is measured with datagrams that each leave from a port of their own")
    func fresh() throws {
        let condition = ConntrackFull()
        let target = IPAddress(10, 0, 0, 1)
        let effect = try #require(condition.expectedEffect)
        #expect(effect.isMeasurable && effect.isSilence)
        let plan = PathPlan(effect, try #require(condition.traffic(toward: target)), family: .ipv4, longest: 0)
        let probe = plan.probe(to: target, port: 9)
        #expect(probe.isFresh && probe.count == PathPlan.few && probe.ownPort == nil)
        try probe.validate()
        #expect(!PathPlan(effect, PathTraffic(), family: .ipv4, longest: 0).probe(to: target, port: 9).isFresh)
        var many = probe
        many.count = PathProbe.mostFresh + 1
        let refusal = #expect(throws: PlanError.self) { try many.validate() }
        #expect(refusal?.path == "probe.count")
        many = probe
        many.ownPort = 5
        #expect(throws: PlanError.self) { try many.validate() }
    }

    @Test("traffic is such that a filter takes it and none of the exempt does")
    func traffic() {
        let (near, far) = (IPAddress(10, 0, 0, 1), IPAddress(10, 1, 0, 1))
        let filter = TrafficFilter(peer: CIDR(near, clampedPrefixLength: 24), content: .tcp, peerPort: 80)
        #expect(PathTraffic([filter], exempt: [], toward: near) == PathTraffic(.tcp, peerPort: 80))
        #expect(PathTraffic([filter], exempt: [], toward: far) == nil)
        #expect(PathTraffic([], exempt: [TrafficFilter(content: .udp)], toward: near)?.carrier == .tcp)
        #expect(PathTraffic([filter], exempt: [TrafficFilter(content: .tcp)], toward: near) == nil)
        let both = [TrafficFilter(content: .udp), TrafficFilter(content: .tcp)]
        #expect(PathTraffic([], exempt: both, toward: near) == PathTraffic(.icmp))
        #expect(PathTraffic([], exempt: both + [TrafficFilter(content: .icmp)], toward: near) == nil)
        let echo = TrafficFilter(peer: CIDR(near, clampedPrefixLength: 24), content: .icmp)
        #expect(PathTraffic([echo], exempt: [], toward: near) == PathTraffic(.icmp))
        #expect(PathTraffic([echo], exempt: [], toward: far) == nil)
        #expect(PathTraffic([TrafficFilter(content: .sctp)], exempt: [], toward: near) == nil)
        #expect(PathTraffic([], exempt: [TrafficFilter(ownPort: 22)], toward: near) == PathTraffic())
    }
}
