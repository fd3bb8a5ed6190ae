import ServiceProxies
import TestSupport

/// Sets of services that together have everything in them that rules depend on.
enum GoldenServices {
    /// One of every kind: small enough to be read.
    static let small: [ServicePort] = [
        SampleServices.make(1, endpoints: 2, localEndpoints: 1),
        SampleServices.make(1, endpoints: 1, from: 1, transport: .udp, exposure: SampleServices.nodePort),
        SampleServices.make(1, endpoints: 3, from: 2, affinitySeconds: 10_800, exposure: balancerForNode),
        SampleServices.make(1, endpoints: 0, from: 3, exposure: SampleServices.balancer),
        SampleServices.make(1, endpoints: 1, from: 4, exposure: SampleServices.balancerWithoutNodePort),
    ].flatMap(\.self)

    static let sets: [(name: String, services: [ServicePort])] = [
        ("nothing", []),
        ("small", small),
        ("every kind", SampleServices.everyKind()),
        ("every kind with one endpoint", SampleServices.everyKind(endpoints: 1)),
        ("TCP and UDP at one address", both),
        ("ranges", ranges),
        ("affinity", SampleServices.make(4, endpoints: 5, transport: .udp, affinitySeconds: 1, localEndpoints: 5)),
        ("no endpoints", noEndpoints),
        ("names", names),
        ("1000 endpoints", SampleServices.make(100, endpoints: 10, localEndpoints: 1)),
        (
            "1001 endpoints",
            SampleServices.make(77, endpoints: 13, affinitySeconds: 60, exposure: SampleServices.balancer)
        ),
        ("many endpoints of one", SampleServices.make(1, endpoints: 300)),
        ("numbers", numbers),
    ]

    /// The same services with the last one's endpoints changed.
    static func change(of services: [ServicePort]) -> (change: ServiceChange, resulting: [ServicePort])? {
        guard let last = services.last else { return nil }
        var changed = last
        changed.endpoints.append(
            ServiceEndpoint(address: IPv4Address(number: 0x0A90_0001), port: 9090, isLocal: true))
        if changed.endpoints.count > 2 { changed.endpoints.removeFirst() }
        return (.endpointsChanged(from: last, to: changed), services.dropLast() + [changed])
    }

    private static let both: [ServicePort] = [ServiceProtocol.tcp, .udp].flatMap { transport in
        var services = SampleServices.make(3, endpoints: 2, transport: transport, exposure: SampleServices.nodePort)
        for index in services.indices { services[index].name += "-\(transport.rawValue)" }
        return services
    }

    private static let ranges: [ServicePort] = {
        let lists = [
            [], [range(203, 0, 113, 0, 24)], [range(172, 30, 0, 0, 16), range(0, 0, 0, 0, 0)],
            [range(198, 51, 100, 7, 32), range(192, 168, 0, 0, 16), range(172, 30, 0, 1, 32)],
        ]
        return lists.enumerated().flatMap { number, list in
            [30_000 + number, nil].enumerated().flatMap { which, port in
                SampleServices.make(1, endpoints: 2, from: 2 * number + which) { number in
                    .loadBalancer(
                        address: IPv4Address(number: 0xC0A8_0001).advanced(by: number), nodePort: port.map(UInt16.init),
                        sourceRanges: list)
                }
            }
        }
    }()

    private static let noEndpoints: [ServicePort] = [
        SampleServices.make(1, endpoints: 0), SampleServices.make(1, endpoints: 0, from: 1, transport: .udp),
        SampleServices.make(1, endpoints: 0, from: 2, exposure: SampleServices.nodePort),
        SampleServices.make(1, endpoints: 0, from: 3, exposure: SampleServices.balancer),
        SampleServices.make(1, endpoints: 0, from: 4, exposure: SampleServices.balancerWithoutNodePort),
        SampleServices.make(1, endpoints: 0, from: 5, exposure: balancerForNode),
    ].flatMap(\.self)

    private static let names: [ServicePort] = [
        "a/b", "a/b:", "namespace/name:port", "n/" + String(repeating: "long-", count: 60) + ":http",
        String(repeating: "n", count: 63) + "/" + String(repeating: "s", count: 63) + ":p", "ü/ö:ä",
    ].enumerated().map { number, name in
        var service = SampleServices.make(1, endpoints: 2, from: number, affinitySeconds: number == 3 ? 5 : nil)[0]
        service.name = name
        return service
    }

    /// Numbers of every length.
    private static let numbers: [ServicePort] = [UInt16(1), 9, 10, 99, 100, 999, 1_000, 9_999, 10_000, 65_535]
        .enumerated().map { number, port in
            let address = IPv4Address(number: [0, 1, 0x0909_0909, 0x0A63_64C8, 0xFFFF_FFFF][number % 5])
            return ServicePort(
                name: "numbers/\(number):p", clusterIP: address.advanced(by: number), port: port,
                exposure: .nodePort(port), affinitySeconds: number.isMultiple(of: 3) ? Int(port) * 7 : nil,
                endpoints: [ServiceEndpoint(address: address, port: port), ServiceEndpoint(address: address, port: 1)])
        }

    private static func balancerForNode(_ number: Int) -> ServicePort.Exposure {
        .loadBalancer(
            address: IPv4Address(number: 0xC0A8_0001).advanced(by: number), nodePort: UInt16(30_000 + number),
            sourceRanges: [range(203, 0, 113, 0, 24), range(172, 30, 0, 0, 16)])
    }

    private static func range(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32, _ length: Int) -> IPv4Range {
        IPv4Range(IPv4Address(number: a << 24 | b << 16 | c << 8 | d), prefixLength: length)
    }
}
