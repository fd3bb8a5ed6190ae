/// Works out what `iptables-restore` has to be given: the rules of kube-proxy 1.36, without node ports on localhost.
///
/// Pure. Jump rules are a part of the same input, where kube-proxy starts a program for each: only those that a listing
/// does not have.
struct IPTablesPlanner: Sendable {
    /// More endpoints than this, and comments are left out of the rules of endpoints (large-cluster mode).
    static let largeClusterThreshold = 1000

    let configuration: ProxyConfiguration

    /// Everything, whatever was there: rules of all services, stale chains removed, jump rules that are missing.
    func fullSync(_ services: [ServicePort], over existing: IPTablesSurvey = IPTablesSurvey()) -> [UInt8] {
        var writer = IPTablesWriter(configuration, services)
        for service in services { writer.write(service, withChains: true) }
        return writer.finish(
            jumps: JumpRule.all.filter { !existing.jumpKeys(of: $0.table).contains($0.key) },
            stale: stale(existing, keeping: writer.natChains.bytes))
    }

    /// One change: everything that is a list of all services, and the chains of the service that changed.
    func partialSync(_ change: ServiceChange, resulting services: [ServicePort]) -> [UInt8] {
        var writer = IPTablesWriter(configuration, services)
        let old: ServicePort?
        let new: ServicePort?
        switch change {
        case .added(let service): (old, new) = (nil, service)
        case .removed(let service): (old, new) = (service, nil)
        case .endpointsChanged(let from, let to): (old, new) = (from, to)
        }
        for service in services {
            let isChanged = service.name == new?.name && service.transport == new?.transport
            writer.write(service, withChains: isChanged)
        }
        var before = IPTablesSurvey()
        if let old {
            var dropped = IPTablesWriter(configuration, [old])
            dropped.write(old, withChains: true)
            before.tables[.nat] = IPTablesSurvey.Table(chains: Self.chains(in: dropped.natChains.bytes))
        }
        return writer.finish(jumps: [], stale: stale(before, keeping: writer.natChains.bytes))
    }

    /// Takes away everything that a listing shows of ours.
    func removal(of existing: IPTablesSurvey) -> [UInt8] {
        var buffer = TextBuffer()
        for table in IPTablesTable.allCases {
            guard let found = existing.tables[table], !found.chains.isEmpty || !found.jumps.isEmpty else { continue }
            buffer.append("*")
            buffer.append(text: table.rawValue)
            buffer.append("\n")
            // A chain line for a chain that exists empties it, and an empty one can be deleted when nothing leads there.
            for chain in found.chains {
                buffer.append(":")
                buffer.append(text: chain)
                buffer.append(" - [0:0]\n")
            }
            for jump in found.jumps {
                buffer.append("-D ")
                buffer.append(text: jump)
                buffer.append("\n")
            }
            for chain in found.chains {
                buffer.append("-X ")
                buffer.append(text: chain)
                buffer.append("\n")
            }
            buffer.append("COMMIT\n")
        }
        return buffer.bytes
    }

    /// The chains of services that exist and are not among those that were written.
    private func stale(_ existing: IPTablesSurvey, keeping written: [UInt8]) -> [String] {
        let old = (existing.tables[.nat]?.chains ?? []).filter(IPTablesSurvey.isServiceChain)
        guard !old.isEmpty else { return [] }
        let kept = Set(Self.chains(in: written))
        return old.filter { !kept.contains($0) }
    }

    /// The names in chain lines.
    private static func chains(in lines: [UInt8]) -> [String] {
        lines.split(separator: UInt8(ascii: "\n")).map { line in
            String(decoding: line.dropFirst().prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self)
        }
    }
}
