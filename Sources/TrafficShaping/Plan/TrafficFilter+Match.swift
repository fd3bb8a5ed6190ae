import Contract
import Netlink
import Quantities

extension TrafficFilter {
    /// The same for packets of one direction, in the kernel's words: one for each family and content that it stands for.
    func matches(_ direction: ShapingDirection) -> [PacketMatch] {
        let families = peer.map { [$0.address.family] } ?? IPAddress.Family.allCases
        let hasPorts = peerPort != nil || ownPort != nil
        let contents: [Content?] = content.map { [$0] } ?? (hasPorts ? [.tcp, .udp] : [nil])
        let isLeaving = direction != .ingress
        // A network of all addresses says nothing.
        let network = peer.flatMap {
            $0.prefixLength > 0 ? CIDR($0.network, clampedPrefixLength: $0.prefixLength) : nil
        }
        return families.flatMap { family in
            contents.map { content in
                PacketMatch(
                    family: family, source: isLeaving ? nil : network, destination: isLeaving ? network : nil,
                    protocolNumber: content?.number(family), sourcePort: isLeaving ? ownPort : peerPort,
                    destinationPort: isLeaving ? peerPort : ownPort)
            }
        }
    }
}

extension TrafficFilter.Content {
    fileprivate func number(_ family: IPAddress.Family) -> UInt8 {
        switch self {
        case .tcp: 6
        case .udp: 17
        case .sctp: 132
        case .icmp: family == .ipv4 ? 1 : 58
        }
    }
}
