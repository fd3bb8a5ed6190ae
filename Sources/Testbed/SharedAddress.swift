public import Contract
public import Quantities

/// An address that several pods of one network have, so that nothing sent to it says which of them answers; pure.
public struct SharedAddress: Sendable, Equatable, CustomStringConvertible {
    /// The address without a prefix length.
    public let address: IPAddress
    /// The pods that have it, at least two.
    public let places: [Place]
    /// What gave it to them: the file of a user's list, or nil for a preset.
    public let list: String?

    /// Names an address and its pods.
    public init(address: IPAddress, places: [Place], list: String?) {
        self.address = address
        self.places = places
        self.list = list
    }

    /// The addresses that more than one pod of a network has; networks cannot see each other.
    public static func find(
        in addresses: [Place: [IPAddress]], listOf: (_ network: String) -> String?
    ) -> [SharedAddress] {
        var places: [[String]: (address: IPAddress, places: [Place])] = [:]
        for (place, addresses) in addresses {
            for address in addresses {
                places[[place.network ?? "", "\(address)"], default: (address, [])].places.append(place)
            }
        }
        return places.filter { $0.value.places.count > 1 }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { key, found in
                SharedAddress(
                    address: found.address, places: found.places.sorted(by: Self.isBefore), list: listOf(key[0]))
            }
    }

    /// Whether what one place sends to the other reaches, or is answered by, another pod with the same address.
    ///
    /// Packets stay on their node where a pod there has the address, however right the other pod is.
    public func confuses(_ client: Place, _ server: Place) -> Bool {
        func isAmbiguous(_ target: Place, from source: Place) -> Bool {
            places.contains(target) && places.contains { $0 != target && $0.node == source.node }
        }
        return isAmbiguous(server, from: client) || isAmbiguous(client, from: server)
    }

    /// Two of the pods, the address, what gave it to them, and the way out.
    public var description: String {
        let pods = places.prefix(2).map(\.description).joined(separator: " and ")
        let more = places.count > 2 ? " and \(places.count - 2) more all" : " both"
        let giver = list.map { "the list \($0)" } ?? "the network"
        return "the pods \(pods)\(more) have the address \(address), which \(giver) gave them; take {{podCIDR}} "
            + "for the range of each node, or an IPAM plugin that knows of all nodes"
    }

    private static func isBefore(_ left: Place, _ right: Place) -> Bool {
        func order(_ place: Place) -> (Int, Int) {
            if case .pod(let pod, let node, _) = place { return (node, pod) }
            return (place.node ?? -1, -1)
        }
        return order(left) < order(right)
    }
}
