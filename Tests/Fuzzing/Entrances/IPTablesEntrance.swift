import ServiceProxies

/// What `iptables-save -c` prints.
struct IPTablesEntrance: Entrance {
    let name = "iptables"
    let words = [
        "*nat\n", "*filter\n", "*mangle\n", "COMMIT\n", ":KUBE-SERVICES - [0:0]\n", ":PREROUTING ACCEPT [1:60]\n",
        "[12:720] -A ", "-A KUBE-SERVICES ", "-A PREROUTING ", " -j KUBE-SERVICES",
        " -j DNAT --to-destination 10.0.0.1:80",
        " -g KUBE-MARK-MASQ", " -m comment --comment \"a b\"", " -m statistic --mode random --probability 0.5",
        "[18446744073709551615:0]", "# ", "\n",
    ]

    func take(_ input: [UInt8]) throws(Violation) -> Answer {
        let survey: IPTablesSurvey
        do throws(ServiceProxyError) {
            survey = try IPTablesSurvey(input, from: "iptables-save")
        } catch {
            try Violation.unlessWorded("\(error)")
            return .refused("")
        }
        let lines = input.count { $0 == UInt8(ascii: "\n") } + 1
        for (kind, count) in survey.counts.numbers {
            try Violation.unless((0...lines).contains(count), "no more is counted than lines", "\(kind): \(count)")
        }
        for table in IPTablesTable.allCases {
            let traversal: RuleTraversal
            do throws(ServiceProxyError) {
                traversal = try IPTablesTraversal.read(input, table: table, from: "iptables-save")
            } catch {
                throw Violation("a listing that is understood once is understood again", "\(error)")
            }
            let rules = traversal.chains.values.reduce(0) { $0 + $1.count }
            try Violation.unless(rules <= lines, "no more rules than lines", "\(rules)")
            let evaluations = traversal.evaluations(since: RuleTraversal(chains: [:]), packets: 1)
            try Violation.unless(
                evaluations.isFinite && evaluations >= 0, "comparisons of a packet are a number", "\(evaluations)")
        }
        return .accepted("\(survey.isEmpty)")
    }
}
