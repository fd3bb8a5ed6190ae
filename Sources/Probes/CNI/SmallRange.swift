import ContainerNetworking
import Quantities

/// Gives a network a range of 16 addresses, so that it can be used up.
enum SmallRange {
    /// The length of the prefix: of 16 addresses host-local gives 13 away, without network, gateway and broadcast.
    static let prefixLength = 28

    /// The list with this range wherever `host-local` gives addresses.
    static func conflist(_ text: String, range: CIDR, directory: String) throws(ProbeFailure) -> String {
        guard let small = range.subnet(prefixLength: prefixLength, index: 0) else {
            throw ProbeFailure(.badPlan, "the range \(range) is smaller than a /\(prefixLength)")
        }
        let list: JSONValue
        do throws(JSONSyntaxError) {
            list = try JSONValue(parsing: text)
        } catch {
            throw ProbeFailure(.badPlan, error.description)
        }
        let changed = replace(in: list, with: small, leases: "\(directory)/leases-of-16")
        guard changed != list else {
            throw ProbeFailure(
                .notApplicable,
                "its addresses do not come from host-local, the one IPAM plugin whose range can be made small here"
            )
        }
        return changed.text
    }

    private static func replace(in value: JSONValue, with range: CIDR, leases: String) -> JSONValue {
        switch value {
        case .array(let elements):
            return .array(elements.map { replace(in: $0, with: range, leases: leases) })
        case .object(var members):
            for (name, member) in members where name != "ipam" {
                members[name] = replace(in: member, with: range, leases: leases)
            }
            if case .object(var ipam)? = members["ipam"], ipam["type"] == .string("host-local") {
                for single in ["subnet", "rangeStart", "rangeEnd", "gateway"] { ipam[single] = nil }
                ipam["ranges"] = .array([.array([.object(["subnet": .string(range.description)])])])
                ipam["dataDir"] = .string(leases)
                members["ipam"] = .object(ipam)
            }
            return .object(members)
        default:
            return value
        }
    }
}
