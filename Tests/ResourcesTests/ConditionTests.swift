import Contract
import Quantities
import Resources
import Testing

@Suite("Conditions")
struct ConditionTests {
    private func conditions(_ text: String) throws -> [NamedCondition] {
        try #require(try performance(Sample.yaml([11: "  conditions: [\(text)]\n\(Sample.lines[10])"]))).spec.conditions
    }

    private func problem(_ text: String) -> String? {
        problems(in: Sample.yaml([11: "  conditions: [\(text)]\n\(Sample.lines[10])"])).first
    }

    @Test("short forms mean what the long ones say")
    func shortForms() throws {
        let read = try conditions(
            """
            {name: short, delay: 10ms, loss: 1%, duplicate: 2%, corrupt: 3%, reorder: 25%, rate: 1Mbit}, \
            {name: long, delay: {time: 10ms}, loss: {share: 1%}, duplicate: {share: 2%}, corrupt: {share: 3%}, \
            reorder: {share: 25%}, rate: {rate: 1Mbit}}
            """)
        #expect(read.map(\.name) == ["short", "long"])
        let impairment = LinkImpairment(
            delay: PacketDelay(nanoseconds: 10_000_000), loss: .random(PacketShare(0.01)), duplicate: PacketShare(0.02),
            corrupt: PacketShare(0.03), reorder: PacketReordering(0.25), rate: LinkRate(bitsPerSecond: 1e6))
        #expect(read.map(\.impairment) == [impairment, impairment])
        #expect(read.allSatisfy { $0.end == .client && $0.direction == .egress && $0.processors == nil })
    }

    @Test("chains, slots, filters and ends are read")
    func everything() throws {
        let read = try #require(
            try conditions(
                """
                {name: all, delay: {time: 10ms, jitter: 2ms, correlation: 25%, distribution: normal}, \
                loss: {gilbertElliott: {toBad: 1%, toGood: 25%}}, limit: 10, seed: 18446744073709551615, \
                slots: {minimum: 1ms, maximum: 2ms, bytes: 5}, direction: both, end: both, \
                filters: [{peer: 10.0.0.0/8, protocol: udp, peerPort: 53}], exempt: [{ownPort: 22}], processors: 2}
                """
            ).first)
        #expect(
            read.impairment?.delay
                == PacketDelay(
                    nanoseconds: 10_000_000, jitterNanoseconds: 2_000_000, correlation: 0.25, distribution: .normal))
        #expect(read.impairment?.loss == .gilbertElliott(.init(toBad: 0.01, toGood: 0.25)))
        #expect(read.impairment?.seed == .max && read.impairment?.limit == 10 && read.impairment?.slots?.bytes == 5)
        #expect(read.filters == [TrafficFilter(peer: try CIDR(parsing: "10.0.0.0/8"), content: .udp, peerPort: 53)])
        #expect(read.exempt == [TrafficFilter(ownPort: 22)] && read.end == .both && read.direction == .both)
        #expect(read.processors == 2)
        #expect(try conditions("{name: f, loss: {fourStates: {p13: 1%, p31: 10%}}}").first?.impairment?.loss != nil)
    }

    @Test("links that are cut are read, each with what goes with it")
    func cuts() throws {
        let read = try conditions(
            """
            {name: down, link: down, end: server}, {name: dns, dns: dead}, \
            {name: hole, blackHoleAbove: 1200B, direction: both}, \
            {name: gone, block: drop, direction: ingress, filters: [{protocol: tcp, peerPort: 80}]}, \
            {name: full, conntrack: full}
            """)
        #expect(read[0].linkConditions.first as? LinkDown == LinkDown() && read[0].end == .server)
        #expect(read[1].linkConditions.first as? TrafficCut == .deadDNS())
        #expect(read[2].linkConditions.first as? TrafficCut == TrafficCut(direction: .both, above: 1_200))
        #expect(
            read[3].linkConditions.first as? TrafficCut
                == TrafficCut(direction: .ingress, filters: [TrafficFilter(content: .tcp, peerPort: 80)]))
        #expect(read[4].linkConditions.first as? ConntrackFull == ConntrackFull() && read[4].end == .client)
        #expect(read.allSatisfy { $0.linkConditions.count == 1 && $0.isAboutLinks })
    }

    @Test("offloads are read by name, and written so that they are read again")
    func offloads() throws {
        let read = try #require(
            try conditions("{name: slow, offloads: {tso: off, rx-gro: on}, end: both, delay: 1ms}").first)
        #expect(read.offloads == ["tso": false, "rx-gro": true] && read.end == .both)
        #expect(read.linkConditions.first as? Offloads == Offloads(["tso": false, "rx-gro": true]))
        #expect(read.linkConditions.count == 2 && read.isAboutLinks)
        #expect(try conditions("{name: q, offloads: {gso: \"off\"}}").first?.offloads == ["gso": false])
    }

    @Test(
        "what cannot be done is refused with its place",
        arguments: [
            ("{name: a, delay: 0ms}", "spec.conditions[0].delay: expected 1ns to 1m"),
            ("{name: a, delay: {jitter: 1ms}}", "spec.conditions[0].delay.time: the key is missing"),
            ("{name: a, delay: {time: 1ms, jitter: 2ms}}", "delay.jitterNanoseconds: expected at most the delay"),
            ("{name: a, delay: {time: 1ms, distribution: normal}}", "delay.distribution: needs jitter"),
            ("{name: a, loss: 0%}", "loss.random.share: expected more than 0"),
            ("{name: a, loss: 101%}", "spec.conditions[0].loss"),
            (
                "{name: a, loss: {share: 1%, fourStates: {}}}",
                "one of share, gilbertElliott and fourStates, found several"
            ),
            ("{name: a, loss: {}}", "one of share, gilbertElliott and fourStates, found none"),
            ("{name: a, loss: {correlation: 5%, fourStates: {p13: 1%}}}", "goes with share only"),
            ("{name: a, loss: {fourStates: {p31: 1%}}}", "nothing would ever be lost"),
            ("{name: a, reorder: 5%}", "reorder: needs a delay"),
            ("{name: a, limit: 5}", "spec.conditions[0].limit: means nothing without what a bad link does"),
            ("{name: a, end: server, processors: 1}", "spec.conditions[0].end: means nothing without"),
            ("{name: a, delay: 1ms, filters: [{}]}", "filters.0: lets everything through"),
            ("{name: a, delay: 1ms, filters: [{protocol: icmp, ownPort: 1}]}", "icmp has no ports"),
            (
                "{name: a, delay: 1ms, filters: [{ownPort: 1}, {ownPort: 1}]}",
                "the filter all own port 1 is there twice"
            ),
            ("{name: a}, {name: a}", "the name a is there twice"),
            ("{name: a, latency: 1ms}", "unknown key"),
            ("{name: a, processors: 0}", "spec.conditions[0].processors"),
            ("{name: a, link: up}", "spec.conditions[0].link: expected down"),
            ("{name: a, conntrack: 90%}", "spec.conditions[0].conntrack: expected full"),
            ("{name: a, conntrack: full, direction: both}", "spec.conditions[0].direction: means nothing without"),
            ("{name: a, dns: dead, filters: [{ownPort: 1}]}", "spec.conditions[0].filters: means nothing without"),
            ("{name: a, block: drop, limit: 5}", "spec.conditions[0].limit: means nothing without"),
            ("{name: a, offloads: {}}", "spec.conditions[0].offloads: expected at least one offload"),
            ("{name: a, offloads: off}", "spec.conditions[0].offloads: expected a mapping"),
            ("{name: a, offloads: {tso: false}}", "spec.conditions[0].offloads.tso: expected one of on, off"),
            ("{name: a, offloads: {TSO: off}}", "features: expected names such as tso or rx-gro, found TSO"),
            ("{name: a, offloads: {gro: on, rx-gro: off}}", "rx-gro is a part of gro; leave one of the two out"),
            ("{name: a, offloads: {tso: off}, filters: [{ownPort: 1}]}", "filters: means nothing without"),
            ("{name: a, blackHoleAbove: 60B}", "spec.conditions[0].blackHoleAbove: expected 68B"),
        ]
    )
    func refusals(_ text: String, _ words: String) {
        #expect(problem(text)?.contains(words) == true, "\(problem(text) ?? "accepted")")
    }

    @Test(
        "kinds without links between two ends take loads only", arguments: ["CNIBenchmark", "NetworkScalabilityTest"])
    func processorsOnly(_ kind: String) {
        func yaml(_ condition: String) -> String {
            """
            apiVersion: networkmachinery.io/v1alpha1
            kind: \(kind)
            metadata: {name: n}
            spec:
              \(kind == "CNIBenchmark" ? "networks: [{name: b, preset: bridge}]" : "{proxies: [ipvs], services: [1]}")
              conditions: [{name: a, \(condition)}]
              repetitions: {minimum: 6, maximum: 6}
            """.replacing("{proxies: [ipvs], services: [1]}", with: "proxies: [ipvs]\n  services: [1]")
        }
        #expect(problems(in: yaml("processors: 1")).isEmpty)
        for change in ["delay: 1ms", "conntrack: full", "offloads: {tso: off}"] {
            #expect(problems(in: yaml(change)).first?.contains("links cannot be changed for this kind") == true)
        }
    }
}
