public import Contract
import Quantities
public import ServiceProxies

/// The services of a trial, worked out from its plan: addresses by number, so that an answer tells which endpoint of
/// which service gave it.
public struct ServiceTable: Sendable {
    /// Where a client connects to.
    public struct Target: Sendable, Equatable {
        /// The service's number.
        public let service: Int
        /// The address that is connected to.
        public let address: IPv4Address
        /// The port that is connected to.
        public let port: UInt16

        /// A service's number, and where it is connected to.
        public init(service: Int, address: IPv4Address, port: UInt16) {
            self.service = service
            self.address = address
            self.port = port
        }
    }

    /// What they were worked out from.
    public let probe: ServiceProxyProbe
    /// The service ports in the order in which they are installed: TCP ones, each UDP one behind its service's.
    public private(set) var ports: [ServicePort]
    private let base: IPv4Address

    /// UDP ports have at most so many endpoints: each is a socket of its own.
    public static let datagramEndpoints = 8

    /// Works all services of a plan out.
    public init(_ probe: ServiceProxyProbe) {
        self.probe = probe
        base = IPv4Address(probe.serviceRange.address) ?? IPv4Address(number: 0)
        ports = []
        ports.reserveCapacity(probe.services + 3)
        let datagramServices = Set(datagramNumbers)
        for number in 0..<probe.services {
            ports.append(port(number))
            if datagramServices.contains(number) { ports.append(datagramPort(number)) }
        }
    }

    // MARK: Services

    /// The TCP port of a service; number `probe.services` is the one that is added in a trial.
    public func port(_ number: Int) -> ServicePort {
        ServicePort(
            name: "bench/svc-\(number):http",
            clusterIP: clusterIP(number),
            port: ServiceRanges.servicePort,
            exposure: exposure(number),
            affinitySeconds: probe.affinitySeconds,
            endpoints: (0..<probe.endpoints).map { endpoint(of: number, $0) }
        )
    }

    /// The same port with the endpoint at `index` replaced by the `generation`-th spare one.
    public func replacing(endpointAt index: Int, of port: ServicePort, generation: Int) -> ServicePort {
        var changed = port
        changed.endpoints[index].address = spare(generation)
        return changed
    }

    /// An endpoint that belongs to no service yet.
    public func spare(_ generation: Int) -> IPv4Address {
        ServiceRanges.endpoints.base.advanced(by: ServiceRanges.endpoints.count / 2 + 1 + generation)
    }

    /// The addresses of a service's endpoints; number `probe.services` is the one that is added.
    public func endpoints(of number: Int) -> ClosedRange<IPv4Address> {
        let first = ServiceRanges.endpoints.base.advanced(by: 1 + number * probe.endpoints)
        return first...first.advanced(by: probe.endpoints - 1)
    }

    private func endpoint(of number: Int, _ index: Int) -> ServiceEndpoint {
        ServiceEndpoint(
            address: endpoints(of: number).lowerBound.advanced(by: index),
            port: ServiceRanges.endpointPort
        )
    }

    private func clusterIP(_ number: Int) -> IPv4Address { base.advanced(by: 1 + number) }

    private func exposure(_ number: Int) -> ServicePort.Exposure {
        switch probe.exposure {
        case .clusterIP: .clusterIP
        // A plan with more services than there are node ports is refused.
        case .nodePort: nodePort(number).map { .nodePort($0) } ?? .clusterIP
        case .loadBalancer:
            .loadBalancer(
                address: ServiceRanges.loadBalancers.base.advanced(by: 1 + number),
                nodePort: nodePort(number),
                sourceRanges: probe.sourceRanges.compactMap(IPv4Range.init)
            )
        }
    }

    // Beyond the node ports balancers have none, as with `allocateLoadBalancerNodePorts: false`.
    private func nodePort(_ number: Int) -> UInt16? {
        let ports = ServiceLimits.nodePorts
        return number < ports.count ? UInt16(ports.lowerBound + number) : nil
    }

    // MARK: Datagrams

    /// The services that have a UDP port, too, by rising number.
    public var datagramNumbers: [Int] {
        guard probe.measures.contains(.firstPacket), probe.mode != .none, probe.exposure == .clusterIP else {
            return []
        }
        return Set(probe.positions.compactMap { fixedNumber(at: $0) }).sorted()
    }

    private func datagramPort(_ number: Int) -> ServicePort {
        ServicePort(
            name: "bench/svc-\(number):dns",
            transport: .udp,
            clusterIP: clusterIP(number),
            port: ServiceRanges.datagramServicePort,
            endpoints: endpoints(of: number).addresses(limit: Self.datagramEndpoints).map {
                ServiceEndpoint(address: $0, port: ServiceRanges.datagramEndpointPort)
            }
        )
    }

    /// Every address that takes datagrams.
    public var datagramAddresses: [IPv4Address] {
        datagramNumbers.flatMap { endpoints(of: $0).addresses(limit: Self.datagramEndpoints) }
    }

    // MARK: Targets

    /// The number of the service at a position; nil for `random`.
    public func fixedNumber(at position: ServicePosition) -> Int? {
        switch position {
        case .first: 0
        case .middle: (probe.services - 1) / 2
        case .last: probe.services - 1
        case .random: nil
        }
    }

    /// Where a client of a service connects to: its address by exposure, or an endpoint where there is no proxy.
    public func target(_ number: Int, endpoint: Int = 0) -> Target {
        guard probe.mode != .none else {
            return Target(
                service: number,
                address: endpoints(of: number).lowerBound.advanced(by: endpoint % probe.endpoints),
                port: ServiceRanges.endpointPort
            )
        }
        switch exposure(number) {
        case .clusterIP:
            return Target(service: number, address: clusterIP(number), port: ServiceRanges.servicePort)
        case .nodePort(let port):
            return Target(service: number, address: ServiceRanges.nodeToClient, port: port)
        case .loadBalancer(let address, _, _):
            return Target(service: number, address: address, port: ServiceRanges.servicePort)
        }
    }

    /// Where a client sends the datagrams for a service.
    public func datagramTarget(_ number: Int) -> Target {
        Target(service: number, address: clusterIP(number), port: ServiceRanges.datagramServicePort)
    }
}

extension ClosedRange<IPv4Address> {
    /// The addresses of the range, at most so many of them.
    func addresses(limit: Int) -> [IPv4Address] {
        let count = Int(upperBound.number - lowerBound.number) + 1
        return (0..<Swift.min(count, limit)).map { lowerBound.advanced(by: $0) }
    }
}
