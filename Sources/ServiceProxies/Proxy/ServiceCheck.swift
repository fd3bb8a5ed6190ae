/// Refuses services that contradict each other, before anything is planned.
enum ServiceCheck {
    private struct Frontend: Hashable {
        var address: UInt32
        var port: UInt16
        var transport: ServiceProtocol
    }

    /// Throws for services that no proxy can hold: one address, node port or name twice, one endpoint twice in a
    /// service, port 0, a name that is not `NAMESPACE/NAME` or `NAMESPACE/NAME:PORT`.
    static func check(_ services: [ServicePort]) throws(ServiceProxyError) {
        var frontends = Set<Frontend>(minimumCapacity: services.count)
        var names = Set<String>(minimumCapacity: services.count)
        for service in services {
            try check(service)
            let transport = service.transport
            guard names.insert(transport == .tcp ? service.name : service.name + " udp").inserted else {
                throw bad(service, "two services have this name and transport")
            }
            let cluster = Frontend(address: service.clusterIP.number, port: service.port, transport: transport)
            guard frontends.insert(cluster).inserted else {
                throw bad(
                    service, "\(service.clusterIP):\(service.port)/\(transport.rawValue) is another service's, too")
            }
            switch service.exposure {
            case .clusterIP: break
            case .nodePort(let port):
                try reserve(port, of: service, in: &frontends)
            case .loadBalancer(let address, let port, _):
                let balancer = Frontend(address: address.number, port: service.port, transport: transport)
                guard frontends.insert(balancer).inserted else {
                    throw bad(service, "\(address):\(service.port)/\(transport.rawValue) is another service's, too")
                }
                if let port { try reserve(port, of: service, in: &frontends) }
            }
        }
    }

    /// Node ports stand at the address 0.0.0.0, which no service can have.
    private static func reserve(
        _ port: UInt16, of service: ServicePort, in frontends: inout Set<Frontend>
    ) throws(ServiceProxyError) {
        guard port > 0 else { throw bad(service, "its node port is 0") }
        guard frontends.insert(Frontend(address: 0, port: port, transport: service.transport)).inserted else {
            throw bad(service, "node port \(port)/\(service.transport.rawValue) is another service's, too")
        }
    }

    private static func check(_ service: ServicePort) throws(ServiceProxyError) {
        // A name ends up in quoted comments and in names of chains.
        let isPlain = service.name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: "-./:".utf8.contains(byte)
            }
        }
        let parts = service.name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard isPlain, parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, service.name.utf8.count <= 190 else {
            throw bad(service, "its name is not NAMESPACE/NAME:PORT in lower case, 190 bytes at most")
        }
        guard service.port > 0 else { throw bad(service, "its port is 0") }
        guard service.clusterIP.number != 0 else { throw bad(service, "its address is 0.0.0.0") }
        if let seconds = service.affinitySeconds, !(1...86_400).contains(seconds) {
            throw bad(service, "its affinity lasts \(seconds) s; 1 to 86400 are possible")
        }
        guard !service.endpoints.contains(where: { $0.port == 0 }) else {
            throw bad(service, "an endpoint has port 0")
        }
        guard !hasTwins(service.endpoints) else { throw bad(service, "it has an endpoint twice") }
    }

    private static func hasTwins(_ endpoints: [ServiceEndpoint]) -> Bool {
        // Most services have a handful, and comparing those is cheaper than a set of them.
        guard endpoints.count > 16 else {
            for (index, endpoint) in endpoints.enumerated() {
                for other in endpoints[..<index] where other.address == endpoint.address && other.port == endpoint.port
                {
                    return true
                }
            }
            return false
        }
        var seen = Set<UInt64>(minimumCapacity: endpoints.count)
        return endpoints.contains { !seen.insert(UInt64($0.address.number) << 16 | UInt64($0.port)).inserted }
    }

    private static func bad(_ service: ServicePort, _ cause: String) -> ServiceProxyError {
        ServiceProxyError(
            .badServices, operation: "take service", object: service.name, cause: cause,
            nextStep: "give every service a name, an address and ports of its own")
    }
}
