extension NetworkConnectivityTest.Spec {
    /// What is known of a service: what the local testbed is told, or two pods called after it.
    public func service(_ name: NetworkConnectivityTest.Reference) -> NetworkConnectivityTest.LocalService {
        local.services.first { $0.name == name } ?? NetworkConnectivityTest.LocalService(name: name)
    }

    /// The same with every selector replaced by the pods that it selects.
    public var resolved: NetworkConnectivityTest.Spec {
        typealias Kind = NetworkConnectivityTest
        var resolved = self
        var seen: Set<String> = []
        resolved.sources = sources.flatMap { source -> [Kind.Source] in
            guard case .pods(let selector) = source else { return [source] }
            return pods(selector).map { .pod($0, container: nil) }
        }.filter { seen.insert($0.description).inserted }
        seen = []
        resolved.destinations = destinations.flatMap { destination -> [Kind.Destination] in
            guard case .pods(let selector) = destination.target else { return [destination] }
            return pods(selector).map { pod in
                var found = destination
                found.target = .pod(pod)
                return found
            }
        }.filter { seen.insert($0.label).inserted }
        return resolved
    }

    /// Whether checks go to ports that destinations name.
    public var asksPorts: Bool { layer == .transport || (layer == .application && application != .dns) }

    /// Whether names are asked of the cluster's own name server.
    public var asksLocalNames: Bool {
        destinations.contains {
            guard case .name(let name) = $0.target else { return false }
            return name.server == nil
        }
    }

    /// The pods that a selector selects, in the order of the resource.
    public func pods(_ selector: NetworkConnectivityTest.PodSelector) -> [NetworkConnectivityTest.Reference] {
        local.pods.filter(selector.selects).map(\.name)
    }

    /// Every pod that is named, or stands behind a service that is named: each once, sources first.
    public var pods: [NetworkConnectivityTest.Reference] {
        var seen: Set<NetworkConnectivityTest.Reference> = []
        let fromSources = sources.compactMap { source -> NetworkConnectivityTest.Reference? in
            guard case .pod(let pod, _) = source else { return nil }
            return pod
        }
        return (fromSources + destinations.flatMap(pods(of:))).filter { seen.insert($0).inserted }
    }

    /// The pods that checks of a destination go to: itself, or those behind it.
    public func pods(of destination: NetworkConnectivityTest.Destination) -> [NetworkConnectivityTest.Reference] {
        if let service = destination.service { return self.service(service).endpoints }
        return destination.pod.map { [$0] } ?? []
    }
}
