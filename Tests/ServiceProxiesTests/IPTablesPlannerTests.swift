import TestSupport
import Testing

@testable import ServiceProxies

@Suite("Rules of iptables")
struct IPTablesPlannerTests {
    private let planner = IPTablesPlanner(configuration: Setting.configuration)

    @Test("one service with two endpoints is these lines")
    func golden() {
        let text = Setting.text(planner.fullSync(SampleServices.make(1, endpoints: 2)))
        #expect(
            text == """
                *filter
                :KUBE-SERVICES - [0:0]
                :KUBE-EXTERNAL-SERVICES - [0:0]
                :KUBE-FORWARD - [0:0]
                :KUBE-NODEPORTS - [0:0]
                :KUBE-PROXY-FIREWALL - [0:0]
                :KUBE-FIREWALL - [0:0]
                -A KUBE-FIREWALL -m comment --comment "block incoming localnet connections" -d 127.0.0.0/8 ! -s 127.0.0.0/8 -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP
                -A KUBE-FORWARD -m conntrack --ctstate INVALID -j DROP
                -A KUBE-FORWARD -m comment --comment "kubernetes forwarding rules" -m mark --mark 0x4000/0x4000 -j ACCEPT
                -A KUBE-FORWARD -m comment --comment "kubernetes forwarding conntrack rule" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
                COMMIT
                *nat
                :KUBE-SERVICES - [0:0]
                :KUBE-NODEPORTS - [0:0]
                :KUBE-POSTROUTING - [0:0]
                :KUBE-MARK-MASQ - [0:0]
                :KUBE-SVC-DARI5RCMN2KZWPPO - [0:0]
                :KUBE-SEP-SBTZEYXKGXHCIW3Y - [0:0]
                :KUBE-SEP-JUO5HGI3OL3CBUVG - [0:0]
                -A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN
                -A KUBE-POSTROUTING -j MARK --xor-mark 0x4000
                -A KUBE-POSTROUTING -m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE --random-fully
                -A KUBE-MARK-MASQ -j MARK --or-mark 0x4000
                -A KUBE-SERVICES -m comment --comment "bench/svc-0:http cluster IP" -m tcp -p tcp -d 10.96.0.1 --dport 80 -j KUBE-SVC-DARI5RCMN2KZWPPO
                -A KUBE-SVC-DARI5RCMN2KZWPPO -m comment --comment "bench/svc-0:http cluster IP" -m tcp -p tcp -d 10.96.0.1 --dport 80 ! -s 10.244.0.0/24 -j KUBE-MARK-MASQ
                -A KUBE-SVC-DARI5RCMN2KZWPPO -m comment --comment "bench/svc-0:http -> 10.128.0.1:8080" -m statistic --mode random --probability 0.5000000000 -j KUBE-SEP-SBTZEYXKGXHCIW3Y
                -A KUBE-SVC-DARI5RCMN2KZWPPO -m comment --comment "bench/svc-0:http -> 10.128.0.2:8080" -j KUBE-SEP-JUO5HGI3OL3CBUVG
                -A KUBE-SEP-SBTZEYXKGXHCIW3Y -m comment --comment "bench/svc-0:http" -s 10.128.0.1 -j KUBE-MARK-MASQ
                -A KUBE-SEP-SBTZEYXKGXHCIW3Y -m comment --comment "bench/svc-0:http" -m tcp -p tcp -j DNAT --to-destination 10.128.0.1:8080
                -A KUBE-SEP-JUO5HGI3OL3CBUVG -m comment --comment "bench/svc-0:http" -s 10.128.0.2 -j KUBE-MARK-MASQ
                -A KUBE-SEP-JUO5HGI3OL3CBUVG -m comment --comment "bench/svc-0:http" -m tcp -p tcp -j DNAT --to-destination 10.128.0.2:8080
                -A KUBE-SERVICES -m comment --comment "kubernetes service nodeports; NOTE: this must be the last rule in this chain" -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS
                COMMIT

                """)
    }

    @Test("for empty tables the canaries and the jump rules are a part of the same input, in kube-proxy's order")
    func whole() {
        let lines = Setting.lines(planner.fullSync([], isWhole: true))
        #expect(lines.filter { $0 == ":KUBE-PROXY-CANARY - [0:0]" }.count == 3)
        #expect(lines.suffix(3) == ["*mangle", ":KUBE-PROXY-CANARY - [0:0]", "COMMIT"])
        #expect(
            lines.filter { $0.hasPrefix("-I ") } == [
                "-I INPUT -m conntrack --ctstate NEW -m comment --comment \"kubernetes externally-visible service portals\" -j KUBE-EXTERNAL-SERVICES",
                "-I FORWARD -m conntrack --ctstate NEW -m comment --comment \"kubernetes externally-visible service portals\" -j KUBE-EXTERNAL-SERVICES",
                "-I INPUT -m comment --comment \"kubernetes health check service ports\" -j KUBE-NODEPORTS",
                "-I FORWARD -m conntrack --ctstate NEW -m comment --comment \"kubernetes service portals\" -j KUBE-SERVICES",
                "-I OUTPUT -m conntrack --ctstate NEW -m comment --comment \"kubernetes service portals\" -j KUBE-SERVICES",
                "-I FORWARD -m comment --comment \"kubernetes forwarding rules\" -j KUBE-FORWARD",
                "-I INPUT -m conntrack --ctstate NEW -m comment --comment \"kubernetes load balancer firewall\" -j KUBE-PROXY-FIREWALL",
                "-I OUTPUT -m conntrack --ctstate NEW -m comment --comment \"kubernetes load balancer firewall\" -j KUBE-PROXY-FIREWALL",
                "-I FORWARD -m conntrack --ctstate NEW -m comment --comment \"kubernetes load balancer firewall\" -j KUBE-PROXY-FIREWALL",
                "-I INPUT -j KUBE-FIREWALL",
                "-I OUTPUT -j KUBE-FIREWALL",
                "-I OUTPUT -m comment --comment \"kubernetes service portals\" -j KUBE-SERVICES",
                "-I PREROUTING -m comment --comment \"kubernetes service portals\" -j KUBE-SERVICES",
                "-I POSTROUTING -m comment --comment \"kubernetes postrouting rules\" -j KUBE-POSTROUTING",
            ])
    }

    @Test("the arguments of a jump rule say what its line says")
    func arguments() {
        for jump in JumpRule.all {
            var buffer = TextBuffer()
            jump.write(to: &buffer)
            let words = jump.arguments.map { $0.contains(" ") ? "\"\($0)\"" : $0 }.joined(separator: " ")
            #expect(Setting.text(buffer.bytes) == "-I \(jump.source) \(words)\n")
        }
    }

    @Test("with packet counters a node port has a rule for 127.0.0.0/8 before its own, which counts")
    func localhost() {
        let services = SampleServices.make(2, endpoints: 1, exposure: SampleServices.nodePort)
        let counting = IPTablesPlanner(configuration: Setting.configuration, counters: Set(IPTablesCounter.allCases))
        let lines = Setting.lines(counting.fullSync(services))
        let suffix = "j KUBE-EXT-DARI5RCMN2KZWPPO"
        #expect(
            lines.filter { $0.hasPrefix("-A KUBE-NODEPORTS") && $0.hasSuffix(suffix) } == [
                "-A KUBE-NODEPORTS -m comment --comment \"bench/svc-0:http\" -m tcp -p tcp -d 127.0.0.0/8 --dport 30000 "
                    + "-m nfacct --nfacct-name localhost_nps_accepted_pkts -\(suffix)",
                "-A KUBE-NODEPORTS -m comment --comment \"bench/svc-0:http\" -m tcp -p tcp --dport 30000 -\(suffix)",
            ])
        #expect(lines.filter { $0.hasPrefix("-A KUBE-NODEPORTS") }.count == 4)
        #expect(
            lines.contains(
                "-A KUBE-FORWARD -m conntrack --ctstate INVALID -m nfacct --nfacct-name ct_state_invalid_dropped_pkts -j DROP"
            ))
        #expect(Setting.lines(planner.fullSync(services)).filter { $0.hasPrefix("-A KUBE-NODEPORTS") }.count == 2)
    }

    @Test("without node ports on localhost there is no rule and no firewall for it")
    func withoutLocalhost() {
        let configuration = Setting.configuration { $0.localhostNodePorts = false }
        let counting = IPTablesPlanner(configuration: configuration, counters: Set(IPTablesCounter.allCases))
        let services = SampleServices.make(2, endpoints: 1, exposure: SampleServices.nodePort)
        let lines = Setting.lines(counting.fullSync(services))
        #expect(lines.filter { $0.hasPrefix("-A KUBE-NODEPORTS") }.count == 2)
        #expect(!lines.contains { $0.contains("KUBE-FIREWALL") })
        #expect(lines.contains { $0.hasSuffix("-m addrtype --dst-type LOCAL ! -d 127.0.0.0/8 -j KUBE-NODEPORTS") })
        #expect(
            IPTablesCounts.expected(for: services, configuration, counting.counters).numbers[.filterRules] == 3)
    }

    @Test("the i-th of n endpoints is taken with the probability 1/(n-i), so that all are taken equally often")
    func dispatch() throws {
        for count in [1, 2, 3, 4, 7] {
            let lines = Setting.lines(planner.fullSync(SampleServices.make(1, endpoints: count)))
            let dispatch = lines.filter { $0.hasPrefix("-A KUBE-SVC-") && $0.contains(" -> ") }
            #expect(dispatch.count == count)
            var left = 1.0
            for line in dispatch {
                let words = line.split(separator: " ")
                let place = words.firstIndex(of: "--probability")
                let probability = try place.map { try #require(Double(words[$0 + 1])) } ?? 1
                #expect(abs(left * probability - 1 / Double(count)) < 1e-9)
                left *= 1 - probability
            }
            #expect(left == 0)
        }
    }

    @Test("a balancer without a node port has no rule for one, and one without endpoints refuses at its addresses only")
    func balancerWithoutNodePort() {
        var services = SampleServices.make(2, endpoints: 1, exposure: SampleServices.balancerWithoutNodePort)
        services[1].endpoints = []
        let lines = Setting.lines(planner.fullSync(services))
        #expect(!lines.contains { $0.hasPrefix("-A KUBE-NODEPORTS") })
        #expect(lines.filter { $0.contains("loadbalancer IP") && $0.contains("-d 192.168.0.1 ") }.count == 1)
        #expect(lines.filter { $0.hasSuffix("-j REJECT") }.count == 2)
        #expect(!lines.contains { $0.contains("--dport 0") })
    }

    @Test("ten services with ten endpoints have 325 rules, and 385 with a balancer's address and a source range")
    func reference() throws {
        let plain = SampleServices.make(10, endpoints: 10)
        let balanced = SampleServices.make(10, endpoints: 10, exposure: SampleServices.balancer)
        #expect(try counts(plain).numbers == [.rules: 325, .filterRules: 4, .chains: 123, .jumpRules: 14])
        #expect(try counts(balanced).numbers == [.rules: 385, .filterRules: 14, .chains: 143, .jumpRules: 14])
    }

    @Test("the formulas of the reference hold", arguments: [1, 2, 7, 40], [1, 2, 5, 33])
    func formulas(_ services: Int, _ endpoints: Int) throws {
        let plain = try counts(SampleServices.make(services, endpoints: endpoints))
        #expect(plain.numbers[.rules] == 5 + services * (2 + 3 * endpoints))
        #expect(plain.numbers[.filterRules] == 4)
        #expect(plain.numbers[.chains] == 13 + services * (1 + endpoints))
        let balanced = try counts(
            SampleServices.make(services, endpoints: endpoints, exposure: SampleServices.balancer))
        #expect(balanced.numbers[.rules] == 5 + services * (8 + 3 * endpoints))
        #expect(balanced.numbers[.filterRules] == 4 + services)
        let sticky = try counts(SampleServices.make(services, endpoints: endpoints, affinitySeconds: 60))
        #expect(sticky.numbers[.rules] == 5 + services * (2 + 4 * endpoints))
        let empty = try counts(SampleServices.make(services, endpoints: 0))
        #expect(empty.numbers == [.rules: 5, .filterRules: 4 + services, .chains: 13, .jumpRules: 14])
    }

    @Test("what is planned is what is expected, for every kind of service", arguments: [1, 2, 3, 200])
    func property(_ endpoints: Int) throws {
        for allows in [false, true] {
            // A node whose address is in a source range gets a rule of its own.
            let node = IPv4Address(number: allows ? 0xCB00_7105 : 0xAC1E_0001)
            let configuration = Setting.configuration { $0.nodeAddresses = [node] }
            let services = SampleServices.everyKind(endpoints: endpoints)
            for counters in [[], Set(IPTablesCounter.allCases)] {
                let planner = IPTablesPlanner(configuration: configuration, counters: counters)
                let planned = planner.fullSync(services, isWhole: true)
                #expect(try counts(in: planned) == IPTablesCounts.expected(for: services, configuration, counters))
            }
        }
    }

    @Test("beyond a thousand endpoints those have no comments")
    func largeCluster() {
        let small = Setting.lines(planner.fullSync(SampleServices.make(100, endpoints: 10)))
        let large = Setting.lines(planner.fullSync(SampleServices.make(143, endpoints: 7)))
        #expect(!IPTablesPlanner.isLargeCluster(SampleServices.make(100, endpoints: 10)))
        #expect(IPTablesPlanner.isLargeCluster(SampleServices.make(143, endpoints: 7)))
        #expect(small.filter { $0.hasPrefix("-A KUBE-SEP-") }.allSatisfy { $0.contains("--comment") })
        #expect(large.filter { $0.hasPrefix("-A KUBE-SEP-") }.allSatisfy { !$0.contains("--comment") })
        #expect(large.filter { $0.hasPrefix("-A KUBE-SVC-") && $0.contains("--comment") }.count == 143)
    }

    @Test("affinity is looked up before the dice, and set where the packet goes")
    func affinity() throws {
        let lines = Setting.lines(planner.fullSync(SampleServices.make(1, endpoints: 2, affinitySeconds: 60)))
        let dispatch = lines.filter { $0.hasPrefix("-A KUBE-SVC-") && $0.contains("KUBE-SEP-") }
        #expect(dispatch.count == 4)
        #expect(dispatch.prefix(2).allSatisfy { $0.contains("--rcheck --seconds 60 --reap -j KUBE-SEP-") })
        #expect(lines.filter { $0.contains("--set -m tcp -p tcp -j DNAT") }.count == 2)
    }

    @Test("masquerading everything leaves the range of pods out, and another bit is another mark")
    func settings() {
        let configuration = Setting.configuration {
            $0.masqueradesAll = true
            $0.masqueradeBit = 15
        }
        let text = Setting.text(
            IPTablesPlanner(configuration: configuration).fullSync(SampleServices.make(1, endpoints: 1)))
        #expect(!text.contains("10.244.0.0/24"))
        #expect(text.contains("--or-mark 0x8000"))
    }

    @Test("a partial sync has the entrances of all services and the chains of the changed one")
    func partial() {
        let before = SampleServices.make(5, endpoints: 3)
        var after = before
        after[2].endpoints.removeFirst()
        let lines = Setting.lines(
            planner.partialSync(.endpointsChanged(from: before[2], to: after[2]), resulting: after))
        #expect(lines.filter { $0.hasPrefix("-A KUBE-SERVICES") }.count == 6)
        #expect(lines.filter { $0.hasPrefix(":KUBE-SVC-") }.count == 1)
        // Two that stay, and one that is emptied and deleted.
        #expect(lines.filter { $0.hasPrefix(":KUBE-SEP-") }.count == 3)
        #expect(lines.filter { $0.hasPrefix("-A KUBE-SEP-") }.count == 4)
        #expect(lines.filter { $0.hasPrefix("-X ") }.count == 1)
        #expect(!lines.contains { $0.hasPrefix("-I ") })

        let gone = Setting.lines(
            planner.partialSync(.removed(before[4]), resulting: Array(before.dropLast())))
        #expect(gone.filter { $0.hasPrefix("-X KUBE-SVC-") }.count == 1)
        #expect(gone.filter { $0.hasPrefix("-X KUBE-SEP-") }.count == 3)
        #expect(gone.filter { $0.hasPrefix("-A KUBE-S") && !$0.hasPrefix("-A KUBE-SERVICES") }.isEmpty)
    }

    @Test("a full sync over rules of before deletes what is stale")
    func restart() throws {
        let old = try survey(planner.fullSync(SampleServices.make(4, endpoints: 2)))
        let lines = Setting.lines(planner.fullSync(SampleServices.make(2, endpoints: 2), over: old))
        #expect(lines.filter { $0.hasPrefix("-X ") }.count == 2 + 4)
    }

    @Test("a removal takes every chain and every jump rule away")
    func removal() throws {
        let there = try survey(planner.fullSync(SampleServices.everyKind(), isWhole: true))
        let lines = Setting.lines(planner.removal(of: there))
        #expect(lines.filter { $0.hasPrefix("-D ") }.count == 14)
        #expect(lines.filter { $0 == "-X KUBE-PROXY-CANARY" }.count == 3)
        #expect(lines.filter { $0.hasPrefix("-X ") }.count == there.counts.numbers[.chains])
        #expect(planner.removal(of: IPTablesSurvey()).isEmpty)
    }

    /// A plan looks like a listing, but for the word that puts jump rules to the front.
    private func survey(_ plan: [UInt8]) throws -> IPTablesSurvey {
        let text = Setting.text(plan).replacing("\n-I ", with: "\n-A ")
        return try IPTablesSurvey(Array(text.utf8), from: "a plan")
    }

    private func counts(in plan: [UInt8]) throws -> ObjectCounts {
        try survey(plan).counts
    }

    /// The counts in the plan, which have to be those that are expected.
    private func counts(_ services: [ServicePort]) throws -> ObjectCounts {
        let found = try counts(in: planner.fullSync(services, isWhole: true))
        #expect(found == IPTablesCounts.expected(for: services, Setting.configuration))
        return found
    }
}
