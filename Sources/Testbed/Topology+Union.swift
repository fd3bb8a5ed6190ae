extension Topology {
    /// Why two topologies cannot stand on one testbed: a network of one name is another one there.
    public struct Conflict: Error, Sendable, Equatable, CustomStringConvertible {
        /// The network's name.
        public let network: String
        /// In what the two differ.
        public let difference: String

        /// A sentence.
        public var description: String {
            "the network \(network) is there with another \(difference); give one of the two another name"
        }
    }

    /// What holds everything of both: networks by their names, the most nodes and pods, every family.
    ///
    /// The shorter range of addresses for each node's pods is the larger one, and is taken.
    public func union(with other: Topology) throws(Conflict) -> Topology {
        var union = self
        union.nodes = max(nodes, other.nodes)
        union.families += other.families.filter { !families.contains($0) }
        union.podRangeLength = min(podRangeLength, other.podRangeLength)
        for network in other.networks {
            guard let index = union.networks.firstIndex(where: { $0.name == network.name }) else {
                union.networks.append(network)
                continue
            }
            union.networks[index] = try union.networks[index].union(with: network)
        }
        for index in union.networks.indices {
            let missing = union.nodes - union.networks[index].podsOnNode.count
            union.networks[index].podsOnNode += Array(repeating: 0, count: max(0, missing))
        }
        return union
    }
}

extension NetworkPlan {
    fileprivate func union(with other: NetworkPlan) throws(Topology.Conflict) -> NetworkPlan {
        let differences = [
            podNetwork == other.podNetwork ? nil : "way to attach pods", fabric == other.fabric ? nil : "fabric",
            mtu == other.mtu ? nil : "MTU",
        ]
        if let difference = differences.compactMap(\.self).first {
            throw Topology.Conflict(network: name, difference: difference)
        }
        var union = self
        union.podsOnNode = (0..<max(podsOnNode.count, other.podsOnNode.count)).map { node in
            max(
                node < podsOnNode.count ? podsOnNode[node] : 0,
                node < other.podsOnNode.count ? other.podsOnNode[node] : 0)
        }
        return union
    }
}
