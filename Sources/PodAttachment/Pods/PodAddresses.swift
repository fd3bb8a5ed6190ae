public import Quantities

/// Which of a pod's addresses is used, and whether another pod has one of them; pure.
public enum PodAddresses {
    /// The address that packets are sent to: IPv4 where there is one, as most peers would, else IPv6.
    public static func reached(_ addresses: [CIDR]) -> IPAddress? {
        let routable = addresses.map(\.address).filter { !isLinkLocal($0) }
        return routable.first { $0.family == .ipv4 } ?? routable.first
    }

    /// The error of a pod that got an address that another pod has, or nil.
    public static func clash(
        of pod: Int, _ addresses: [CIDR], with others: [Int: [CIDR]], list: String
    ) -> PodError? {
        let mine = Set(addresses.map(\.address))
        for (other, theirs) in others.sorted(by: { $0.key < $1.key }) where other != pod {
            guard let shared = theirs.map(\.address).first(where: mine.contains) else { continue }
            return PodError(
                .sharedAddress, operation: "attach", object: "pod \(pod)",
                cause: "the pods \(other) and \(pod) of one node both have the address \(shared), which the list "
                    + "\(list) gave them, so nothing can be measured between them",
                nextStep: "let an IPAM plugin that knows what it gave away give addresses, such as host-local with "
                    + "{{podCIDR}}"
            )
        }
        return nil
    }

    private static func isLinkLocal(_ address: IPAddress) -> Bool {
        // fe80::/10 (RFC 4291).
        address.family == .ipv6 && address.bytes[0] == 0xFE && address.bytes[1] & 0xC0 == 0x80
    }
}
