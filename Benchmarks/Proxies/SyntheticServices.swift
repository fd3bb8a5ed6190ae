import ServiceProxies

/// Services in any number, with addresses that follow from it.
enum SyntheticServices {
    static let configuration = ProxyConfiguration(
        localPodRange: IPv4Range(IPv4Address(number: 0x0AF4_0000), prefixLength: 24),
        nodeAddresses: [IPv4Address(number: 0xAC1E_0001)])

    static func make(_ count: Int, endpoints: Int) -> [ServicePort] {
        let first = IPv4Address(number: 0x0A60_0001)
        let pods = IPv4Address(number: 0x0B00_0001)
        return (0..<count).map { number in
            ServicePort(
                name: "bench/svc-\(number):http", clusterIP: first.advanced(by: number), port: 80,
                endpoints: (0..<endpoints).map { index in
                    ServiceEndpoint(address: pods.advanced(by: number * endpoints + index), port: 8080)
                })
        }
    }
}
