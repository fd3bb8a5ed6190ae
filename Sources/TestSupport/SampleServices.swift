public import ServiceProxies

/// Services for tests of proxies: addresses and names that follow from the number of each.
public enum SampleServices {
    /// The first virtual address.
    public static let firstAddress = IPv4Address(number: 0x0A60_0001)

    /// Services of one kind, numbered from `start`.
    public static func make(
        _ count: Int, endpoints: Int, from start: Int = 0, transport: ServiceProtocol = .tcp,
        affinitySeconds: Int? = nil, localEndpoints: Int = 0,
        exposure: (Int) -> ServicePort.Exposure = { _ in .clusterIP }
    ) -> [ServicePort] {
        (start..<start + count).map { number in
            ServicePort(
                name: "bench/svc-\(number):http", transport: transport,
                clusterIP: firstAddress.advanced(by: number), port: 80, exposure: exposure(number),
                affinitySeconds: affinitySeconds,
                endpoints: (0..<endpoints).map { index in
                    ServiceEndpoint(
                        address: IPv4Address(number: 0x0A80_0001).advanced(by: number * endpoints + index), port: 8080,
                        isLocal: index < localEndpoints)
                })
        }
    }

    /// A port of every node.
    public static func nodePort(_ number: Int) -> ServicePort.Exposure {
        .nodePort(UInt16(30_000 + number))
    }

    /// The address of a balancer, open to one range, and a port of every node.
    public static func balancer(_ number: Int) -> ServicePort.Exposure {
        .loadBalancer(
            address: IPv4Address(number: 0xC0A8_0001).advanced(by: number), nodePort: UInt16(30_000 + number),
            sourceRanges: [IPv4Range(IPv4Address(number: 0xCB00_7100), prefixLength: 24)])
    }

    /// The address of a balancer that is open to everybody, and no port of nodes.
    public static func balancerWithoutNodePort(_ number: Int) -> ServicePort.Exposure {
        .loadBalancer(
            address: IPv4Address(number: 0xC0A8_0001).advanced(by: number), nodePort: nil, sourceRanges: [])
    }

    /// A few of every kind, with names, addresses and ports apart.
    public static func everyKind(endpoints: Int = 3) -> [ServicePort] {
        make(2, endpoints: endpoints, localEndpoints: 1)
            + make(2, endpoints: endpoints, from: 10, exposure: nodePort)
            + make(2, endpoints: endpoints, from: 20, localEndpoints: 2, exposure: balancer)
            + make(2, endpoints: endpoints, from: 30, affinitySeconds: 10_800, localEndpoints: 1, exposure: balancer)
            + make(2, endpoints: endpoints, from: 40, transport: .udp)
            + make(2, endpoints: 0, from: 50)
            + make(1, endpoints: 0, from: 60, exposure: nodePort)
            + make(1, endpoints: 0, from: 70, exposure: balancer)
            + make(2, endpoints: endpoints, from: 90, exposure: balancerWithoutNodePort)
            + make(1, endpoints: 0, from: 100, exposure: balancerWithoutNodePort)
    }
}
