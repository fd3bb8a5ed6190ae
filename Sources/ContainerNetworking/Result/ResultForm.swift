/// The version of a result and the document in the version of its network, as the next plugin has to get it.
struct ResultForm {
    let version: String
    let document: JSONValue

    init(_ value: JSONValue, askedFor asked: CNIVersion?, _ deviations: inout [String]) throws(CNIResultError) {
        var members: [String: JSONValue]
        switch value {
        case .object(let found): members = found
        case .null where asked != nil:
            deviations.append("result is null")
            members = [:]
        default: throw CNIResultError(path: "", message: "expected an object, found \(value.text.prefix(80))")
        }
        let own = members["cniVersion"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        guard let asked else {
            guard let own else {
                let found = members["cniVersion"].map { String($0.text.prefix(80)) } ?? "nothing"
                throw CNIResultError(path: "cniVersion", message: "expected a version, found \(found)")
            }
            (version, document) = (own, value)
            return
        }
        if let own {
            guard own != asked.rawValue else {
                (version, document) = (own, value)
                return
            }
            guard let given = CNIVersion(rawValue: own) else {
                throw CNIResultError(
                    path: "cniVersion",
                    message: "expected \(asked.rawValue), found \(own.prefix(40)), which has another form")
            }
            deviations.append("result of version \(given.rawValue) where \(asked.rawValue) was asked for")
        } else if let other = members["cniVersion"], other != .string("") {
            deviations.append("result with \(other.text.prefix(40)) as cniVersion")
        } else if value != .null {
            deviations.append("result without cniVersion")
        }
        members["cniVersion"] = .string(asked.rawValue)
        members["ips"] = members["ips"].map { Self.addresses($0, in: asked) }
        (version, document) = (asked.rawValue, .object(members))
    }

    /// Before version 1.0.0 each address says its family, afterwards none does.
    private static func addresses(_ value: JSONValue, in version: CNIVersion) -> JSONValue {
        guard case .array(let elements) = value else { return value }
        return .array(
            elements.map { element in
                guard case .object(var members) = element, let text = members["address"]?.string else { return element }
                members["version"] = version < .v1x0x0 ? .string(text.contains(":") ? "6" : "4") : nil
                return .object(members)
            }
        )
    }
}
