import Netlink

/// What one service port needs in the kernel.
struct IPVSNeeds: Sendable {
    /// A virtual service with its destinations.
    struct Served: Sendable, Hashable {
        var service: IPVSService
        var destinations: [IPVSDestination]
    }

    /// An address and port of a load balancer that this node itself must not reach.
    struct Blocked: Sendable, Hashable {
        let address: IPv4Address
        let transport: ServiceProtocol
        let port: UInt16
    }

    private(set) var served: [Served] = []
    /// For `kube-ipvs0`; other ports of a service may need the same.
    private(set) var addresses: [IPv4Address] = []
    /// Other services may need the same `KUBE-LOOP-BACK`.
    private(set) var elements: [IPVSSetElement] = []
    private(set) var blocked: Blocked?

    init(_ service: ServicePort, _ configuration: ProxyConfiguration) {
        let transport = service.transport
        // Only a pod of this node can come back to itself by way of this node.
        for endpoint in service.endpoints where endpoint.isLocal {
            let own = IPv4Range(endpoint.address, prefixLength: 32)
            add(.loopBack, .frontendAndSource(endpoint.address, transport, endpoint.port, own))
        }
        add(.clusterIP, .frontend(service.clusterIP, transport, service.port))
        serve(service, at: service.clusterIP, service.port, configuration)
        bind(service.clusterIP, configuration)
        switch service.exposure {
        case .clusterIP: break
        case .nodePort(let port): open(port, of: service, configuration)
        case .loadBalancer(let address, let port, let ranges):
            balance(service, at: address, from: ranges, configuration)
            if let port { open(port, of: service, configuration) }
        }
    }

    private mutating func balance(
        _ service: ServicePort, at address: IPv4Address, from ranges: [IPv4Range], _ configuration: ProxyConfiguration
    ) {
        let frontend = IPVSSetElement.Value.frontend(address, service.transport, service.port)
        add(.loadBalancer, frontend)
        if !ranges.isEmpty {
            add(.loadBalancerFirewall, frontend)
            for range in ranges.flatMap(Self.halves(of:)) {
                add(.loadBalancerSourceCIDR, .frontendAndSource(address, service.transport, service.port, range))
            }
            // The node comes to the balancer's address from that address, as `kube-ipvs0` carries it.
            if service.letsNodeIn(configuration) {
                let own = IPv4Range(address, prefixLength: 32)
                add(.loadBalancerSourceIP, .frontendAndSource(address, service.transport, service.port, own))
            } else {
                blocked = Blocked(address: address, transport: service.transport, port: service.port)
            }
        }
        serve(service, at: address, service.port, configuration)
        bind(address, configuration)
    }

    /// A set of the kernel takes no range of all addresses, so that one is written as its two halves.
    ///
    /// kube-proxy asks for the whole, is refused, goes on, and its balancer is closed to everybody.
    private static func halves(of range: IPv4Range) -> [IPv4Range] {
        guard range.prefixLength == 0 else { return [range] }
        return [0, UInt32(1) << 31].map { IPv4Range(IPv4Address(number: $0), prefixLength: 1) }
    }

    private mutating func open(_ port: UInt16, of service: ServicePort, _ configuration: ProxyConfiguration) {
        guard !configuration.nodeAddresses.isEmpty else { return }
        add(service.transport == .tcp ? .nodePortTCP : .nodePortUDP, .port(port))
        for node in configuration.nodeAddresses { serve(service, at: node, port, configuration) }
    }

    private mutating func serve(
        _ service: ServicePort, at address: IPv4Address, _ port: UInt16, _ configuration: ProxyConfiguration
    ) {
        let key = IPVSService.Key.address(
            CompactAddress(ipv4: address.number), port: port, transport: service.transport.number)
        var virtual = IPVSService(key, scheduler: configuration.scheduler)
        if let seconds = service.affinitySeconds {
            virtual.flags.insert(.persistent)
            virtual.persistenceSeconds = UInt32(clamping: seconds)
        }
        let destinations = service.endpoints.map { endpoint in
            IPVSDestination(CompactAddress(ipv4: endpoint.address.number), port: endpoint.port)
        }
        served.append(Served(service: virtual, destinations: destinations))
    }

    /// An address that the node has already stays where it is.
    private mutating func bind(_ address: IPv4Address, _ configuration: ProxyConfiguration) {
        if !configuration.nodeAddresses.contains(address) { addresses.append(address) }
    }

    private mutating func add(_ set: IPVSSet, _ value: IPVSSetElement.Value) {
        elements.append(IPVSSetElement(set: set, value: value))
    }
}
