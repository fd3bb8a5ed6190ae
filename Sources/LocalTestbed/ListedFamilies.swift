import ContainerNetworking
import Quantities

/// Which families the IPAM plugins of a list give addresses of, by the ranges and addresses that stand in it; pure.
enum ListedFamilies {
    /// The families; empty where nothing in the list says it, as with an IPAM plugin that asks somebody else.
    static func families(of list: NetworkConfigurationList) -> Set<IPAddress.Family> {
        list.plugins.reduce(into: []) { families, plugin in
            guard let ipam = plugin["ipam"] else { return }
            families.formUnion(self.families(in: ipam))
        }
    }

    private static func families(in value: JSONValue) -> Set<IPAddress.Family> {
        switch value {
        case .string(let text):
            let address = (try? CIDR(parsing: text))?.address ?? (try? IPAddress(parsing: text))
            return address.map { [$0.family] } ?? []
        case .array(let elements): return elements.reduce(into: []) { $0.formUnion(families(in: $1)) }
        case .object(let members): return members.values.reduce(into: []) { $0.formUnion(families(in: $1)) }
        case .null, .bool, .integer, .number: return []
        }
    }
}
