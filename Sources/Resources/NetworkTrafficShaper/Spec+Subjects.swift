extension NetworkTrafficShaper.Spec {
    /// Every pod: those of the testbed, and those that are named elsewhere only, each once.
    public var pods: [NetworkTrafficShaper.Local.Pod] {
        var seen = Set(local.pods.map(\.name))
        let named = targets.flatMap { target -> [NetworkTrafficShaper.Reference] in
            let peers = (target.filters + target.exempt).compactMap { filter -> NetworkTrafficShaper.Reference? in
                if case .pod(let pod) = filter.peer { pod } else { nil }
            }
            if case .pod(let pod, _) = target.subject { return [pod] + peers }
            return peers
        }
        return local.pods + named.filter { seen.insert($0).inserted }.map { NetworkTrafficShaper.Local.Pod(name: $0) }
    }

    /// The pods with these labels, of one namespace or of any.
    public func pods(_ selector: LabelSelector, namespace: String?) -> [NetworkTrafficShaper.Reference] {
        local.pods.filter { selector.matches($0.labels) && (namespace == nil || $0.name.namespace == namespace) }
            .map(\.name)
    }

    /// One thing that a target is about.
    public enum Subject: Sendable, Hashable, CustomStringConvertible {
        /// A pod.
        case pod(NetworkTrafficShaper.Reference)
        /// A node.
        case node(String)

        /// Its name.
        public var description: String {
            switch self {
            case .pod(let pod): pod.description
            case .node(let name): name
            }
        }
    }

    /// What a target is about, one by one.
    public func subjects(of target: NetworkTrafficShaper.Target) -> [Subject] {
        switch target.subject {
        case .pod(let pod, _): [.pod(pod)]
        case .node(let name): [.node(name)]
        case .pods(let selector, let namespace): pods(selector, namespace: namespace).map { .pod($0) }
        }
    }
}
