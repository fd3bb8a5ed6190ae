/// What is there of kube-proxy, by a listing: chains, and rules of the kernel's chains that lead to them.
package struct IPTablesSurvey: Sendable, Equatable {
    /// What was found in one table, by its chains and rules.
    struct Table: Sendable, Equatable {
        /// Chains whose names begin with `KUBE-`.
        var chains: [String] = []
        /// Rules of other chains that hand packets to one of them, as they would be written behind `-A `.
        var jumps: [String] = []
        /// `INPUT KUBE-SERVICES` for each of them.
        var jumpKeys: Set<String> = []
        /// Rules of chains that begin with `KUBE-`.
        var ownRules = 0
        /// Rules and chains that have nothing to do with kube-proxy; the kernel's own chains do not count.
        var others = 0
    }

    var tables: [IPTablesTable: Table] = [:]

    /// The jump rules that are there in a table.
    func jumpKeys(of table: IPTablesTable) -> Set<String> { tables[table]?.jumpKeys ?? [] }

    /// Whether there are no rules, and no chains beside the kernel's own.
    package var isEmpty: Bool {
        tables.values.allSatisfy { $0.chains.isEmpty && $0.jumps.isEmpty && $0.ownRules == 0 && $0.others == 0 }
    }

    /// Whether a name is one that belongs to a service: those come and go.
    static func isServiceChain(_ name: String) -> Bool {
        // KUBE-SVL is for externalTrafficPolicy: Local: not written here, but a kube-proxy may have left it.
        ["KUBE-SVC-", "KUBE-SVL-", "KUBE-EXT-", "KUBE-FW-", "KUBE-SEP-"].contains { name.hasPrefix($0) }
    }

    /// What was counted, for a comparison with what has to be there.
    package var counts: ObjectCounts {
        let all = tables.values
        return ObjectCounts([
            .chains: all.reduce(0) { $0 + $1.chains.count },
            .rules: tables[.nat]?.ownRules ?? 0,
            .filterRules: tables[.filter]?.ownRules ?? 0,
            .jumpRules: all.reduce(0) { $0 + $1.jumps.count },
        ])
    }

    /// Reads a listing.
    package init(_ listing: [UInt8], from program: String) throws(ServiceProxyError) {
        var tables: [IPTablesTable: Table] = [:]
        var table = Table()
        var name: IPTablesTable?
        try IPTablesSave.read(listing, from: program) { line in
            switch line {
            case .table(let text):
                if let name { tables[name] = table }
                name = IPTablesTable(rawValue: String(decoding: text, as: UTF8.self))
                table = Table()
            case .chain(let chain):
                if chain.starts(with: "KUBE-".utf8) {
                    table.chains.append(String(decoding: chain, as: UTF8.self))
                } else if !Self.isBuiltIn(chain) {
                    table.others += 1
                }
            case .rule(_, let chain, let rest):
                if chain.starts(with: "KUBE-".utf8) {
                    table.ownRules += 1
                } else if let target = IPTablesSave.target(of: rest), target.starts(with: "KUBE-".utf8) {
                    let source = String(decoding: chain, as: UTF8.self)
                    table.jumps.append("\(source) \(String(decoding: rest, as: UTF8.self))")
                    table.jumpKeys.insert("\(source) \(String(decoding: target, as: UTF8.self))")
                } else {
                    table.others += 1
                }
            }
        }
        if let name { tables[name] = table }
        self.tables = tables
    }

    /// Nothing is there.
    init() {}

    private static func isBuiltIn(_ chain: IPTablesSave.Text) -> Bool {
        ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"].contains { chain.elementsEqual($0.utf8) }
    }
}
