import ContainerNetworking
import Quantities

/// Gives a network ranges of 16 addresses, so that they can be used up.
public enum SmallRange {
    /// How many addresses a range gets: of IPv4, host-local gives 13 of them away, without network, gateway and
    /// broadcast.
    public static let bits = 4

    /// The list with the first 16 addresses of each range wherever `host-local` gives addresses.
    public static func conflist(_ text: String, directory: String) throws(PodError) -> String {
        let list: JSONValue
        do throws(JSONSyntaxError) {
            list = try JSONValue(parsing: text)
        } catch {
            throw PodError(
                .badNetwork, operation: "read", object: "the list", cause: error.description)
        }
        let changed = try replace(in: list, leases: "\(directory)/leases-of-16")
        guard changed != list else {
            throw PodError(
                .notApplicable, operation: "make smaller", object: "the range of the list",
                cause: "its addresses do not come from host-local, the one IPAM plugin whose range can be made small "
                    + "here"
            )
        }
        return changed.text
    }

    private static func replace(in value: JSONValue, leases: String) throws(PodError) -> JSONValue {
        switch value {
        case .array(let elements):
            var changed: [JSONValue] = []
            for element in elements { changed.append(try replace(in: element, leases: leases)) }
            return .array(changed)
        case .object(var members):
            for (name, member) in members where name != "ipam" {
                members[name] = try replace(in: member, leases: leases)
            }
            if case .object(let ipam)? = members["ipam"], ipam["type"] == .string("host-local") {
                members["ipam"] = .object(try small(ipam, leases: leases))
            }
            return .object(members)
        default:
            return value
        }
    }

    /// Each set of ranges, of which a pod gets one address each, becomes one small range of its family.
    private static func small(
        _ ipam: [String: JSONValue], leases: String
    ) throws(PodError) -> [String: JSONValue] {
        var sets = ipam["ranges"]?.array?.map { $0.array ?? [] } ?? []
        if let single = ipam["subnet"] { sets.insert([.object(["subnet": single])], at: 0) }
        var ranges: [JSONValue] = []
        for set in sets {
            guard let text = set.first?["subnet"]?.string, let subnet = try? CIDR(parsing: text),
                let range = subnet.subnet(prefixLength: subnet.address.family.bits - bits, index: 0)
            else {
                throw PodError(
                    .notApplicable, operation: "make smaller", object: "the range of the list",
                    cause: "its list has a range that cannot be made smaller: \(JSONValue.array(set).text)")
            }
            ranges.append(.array([.object(["subnet": .string(range.description)])]))
        }
        var changed = ipam
        for single in ["subnet", "rangeStart", "rangeEnd", "gateway"] { changed[single] = nil }
        changed["ranges"] = .array(ranges)
        changed["dataDir"] = .string(leases)
        return changed
    }
}
