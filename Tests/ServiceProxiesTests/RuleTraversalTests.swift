import Testing

@testable import ServiceProxies

@Suite("Rules traversed")
struct RuleTraversalTests {
    @Test("evaluations follow a packet through jumps that decide and jumps that come back")
    func walk() throws {
        // 10 packets: all compared with the 3 rules of SERVICES up to the third, which hands them to SVC; there each meets
        // the marking rule, which 4 match and come back from, and one of two endpoints.
        let before = try read(packets: 0, marked: 0, first: 0)
        let after = try read(packets: 10, marked: 4, first: 6)
        let services = 10.0 * 3
        let mark = 4.0
        let dispatch = 10.0 + 10 + 4
        let endpoints = 2.0 * 10
        let entrance = 10.0
        #expect(
            after.evaluations(since: before, packets: 10) == (entrance + services + mark + dispatch + endpoints) / 10)
        #expect(after.evaluations(since: before, packets: 0) == 0)
        #expect(after.evaluations(since: after, packets: 10) == 0)
    }

    @Test("a packet that falls through is compared with every rule")
    func fallThrough() {
        let rules = [RuleTraversal.Rule(packets: 5, target: "A", isFinal: false)]
        let misses = (0..<7).map { _ in RuleTraversal.Rule(packets: 0, target: nil, isFinal: true) }
        let after = RuleTraversal(chains: ["PREROUTING": rules, "A": misses])
        #expect(after.evaluations(since: RuleTraversal(chains: [:]), packets: 5) == 8)
    }

    @Test("a counter that went back was started anew")
    func reset() {
        let old = RuleTraversal(chains: ["PREROUTING": [.init(packets: 100, target: nil, isFinal: true)]])
        let new = RuleTraversal(chains: ["PREROUTING": [.init(packets: 3, target: nil, isFinal: true)]])
        #expect(new.evaluations(since: old, packets: 3) == 1)
    }

    private func read(packets: Int, marked: Int, first: Int) throws -> RuleTraversal {
        try IPTablesTraversal.read(
            Array(
                """
                *filter
                :KUBE-SERVICES - [0:0]
                [9:9] -A KUBE-SERVICES -j DROP
                COMMIT
                *nat
                :PREROUTING ACCEPT [0:0]
                :KUBE-SERVICES - [0:0]
                :KUBE-SVC-A - [0:0]
                :KUBE-MARK-MASQ - [0:0]
                :KUBE-SEP-A - [0:0]
                :KUBE-SEP-B - [0:0]
                [\(packets):0] -A PREROUTING -m comment --comment "a -j b" -j KUBE-SERVICES
                [0:0] -A KUBE-SERVICES -d 10.96.0.1/32 -j KUBE-SEP-A
                [0:0] -A KUBE-SERVICES -d 10.96.0.2/32 -j KUBE-SEP-B
                [\(packets):0] -A KUBE-SERVICES -d 10.96.0.3/32 -j KUBE-SVC-A
                [0:0] -A KUBE-SERVICES -j RETURN
                [\(marked):0] -A KUBE-SVC-A ! -s 10.244.0.0/24 -j KUBE-MARK-MASQ
                [\(first):0] -A KUBE-SVC-A -m statistic --mode random --probability 0.5 -j KUBE-SEP-A
                [\(packets - first):0] -A KUBE-SVC-A -j KUBE-SEP-B
                [\(marked):0] -A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000
                [0:0] -A KUBE-SEP-A -s 10.0.0.1/32 -j KUBE-MARK-MASQ
                [\(first):0] -A KUBE-SEP-A -p tcp -j DNAT --to-destination 10.0.0.1:80
                [0:0] -A KUBE-SEP-B -s 10.0.0.2/32 -j KUBE-MARK-MASQ
                [\(packets - first):0] -A KUBE-SEP-B -p tcp -j DNAT --to-destination 10.0.0.2:80
                COMMIT

                """.utf8), table: .nat, from: "iptables-save")
    }
}
