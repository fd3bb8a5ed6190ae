extension NetworkConnectivityTest.Spec {
    /// What is known of a service: what the local testbed is told, or two pods called after it.
    public func service(_ name: NetworkConnectivityTest.Reference) -> NetworkConnectivityTest.LocalService {
        local.services.first { $0.name == name } ?? NetworkConnectivityTest.LocalService(name: name)
    }

    /// Every pod that is named, or stands behind a service that is named: each once, sources first.
    public var pods: [NetworkConnectivityTest.Reference] {
        var seen: Set<NetworkConnectivityTest.Reference> = []
        let fromSources = sources.compactMap { source -> NetworkConnectivityTest.Reference? in
            guard case .pod(let pod, _) = source else { return nil }
            return pod
        }
        let fromDestinations = destinations.flatMap { destination -> [NetworkConnectivityTest.Reference] in
            switch destination.target {
            case .pod(let pod): [pod]
            case .service(let name): service(name).endpoints
            case .address, .node, .external: []
            }
        }
        return (fromSources + fromDestinations).filter { seen.insert($0).inserted }
    }
}
