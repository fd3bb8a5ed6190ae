import LinuxHost
import Netlink

/// Makes a round's namespaces with our own netlink.
enum NetlinkMaker {
    static func make(_ round: NamespaceRound, _ depth: NamespaceRound.Depth) throws {
        let hub = try NetlinkSocket(in: try NetworkNamespace.open(named: round.hub))
        try NetworkNamespace.create(named: round.names)
        for (index, name) in round.names.enumerated() {
            let addresses = try NamespaceRound.addresses(index)
            let link = "v\(index)"
            let namespace = try NetworkNamespace.open(named: name)
            try hub.add(
                Link(name: link, kind: .veth(peer: "eth0", peerNamespace: namespace.descriptor), isUp: true))
            try hub.addAddress(addresses.hub, to: link)
            guard depth == .bothEnds else { continue }
            let inner = try NetlinkSocket(in: namespace)
            try inner.setUp("eth0")
            try inner.addAddress(addresses.inner, to: "eth0")
        }
    }
}
