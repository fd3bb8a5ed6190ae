extension NetworkScalabilityTest {
    /// How services come into the kernel.
    public enum Proxy: String, Sendable, Hashable, CaseIterable {
        /// No proxy: clients connect to endpoints.
        case none
        /// kube-proxy's iptables rules, loaded by iptables-legacy.
        case iptablesLegacy = "iptables-legacy"
        /// kube-proxy's iptables rules, loaded by iptables-nft.
        case iptablesNFT = "iptables-nft"
        /// nftables as kube-proxy 1.36 lays it out.
        case nftables
        /// nftables as kube-proxy 1.29 to 1.35 lay it out.
        case nftablesEndpointChains = "nftables-endpoint-chains"
        /// The kernel's load balancer.
        case ipvs
    }

    /// How clients reach a service.
    public enum ServiceType: String, Sendable, Hashable, CaseIterable {
        case clusterIP = "ClusterIP"
        case nodePort = "NodePort"
        case loadBalancer = "LoadBalancer"
    }

    /// Whether a client stays with its endpoint.
    public enum SessionAffinity: String, Sendable, Hashable, CaseIterable {
        case none = "None"
        case clientIP = "ClientIP"
    }

    /// Where in the list of services a measured service stands.
    public enum Position: String, Sendable, Hashable, CaseIterable {
        case first
        case middle
        case last
        /// Another one for each connection.
        case random
    }

    /// One thing that a trial measures.
    public enum Measure: String, Sendable, Hashable, CaseIterable {
        /// Bringing all services into an empty kernel; they are always brought in, and this reports what it cost.
        case program
        /// One more service.
        case addOne = "add-one"
        /// One service less.
        case deleteOne = "delete-one"
        /// Other endpoints for one service.
        case changeEndpoint = "change-endpoint"
        /// All services once more, over what is there.
        case restart
        /// New connections and first datagrams, at each position.
        case firstPacket = "first-packet"
        /// Round trips on a connection that is there.
        case established
        /// Connections with one request each, per second.
        case connectionRate = "connection-rate"
        /// Rules that a new connection is compared with, at each position.
        case rules
        /// Reading everything back from the kernel.
        case readBack = "read-back"
        /// Taking everything out again; without this it goes with the namespace.
        case remove
        /// Endpoints that change while a client keeps connecting.
        case churn

        /// What is measured unless the resource says otherwise.
        public static let usual: [Measure] = [
            .program, .addOne, .deleteOne, .changeEndpoint, .firstPacket, .established, .connectionRate, .readBack,
            .remove,
        ]
    }
}

extension NetworkScalabilityTest.Proxy: CustomStringConvertible {
    /// The word in YAML.
    public var description: String { rawValue }
}

extension NetworkScalabilityTest.Measure: CustomStringConvertible {
    /// The word in YAML.
    public var description: String { rawValue }
}

extension NetworkScalabilityTest.Position: CustomStringConvertible {
    /// The word in YAML.
    public var description: String { rawValue }
}
