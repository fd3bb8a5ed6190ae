/// A value of a resource's JSON.
enum ResourceValue: Decodable, Equatable {
    case scalar(String)
    case list([ResourceValue])
    case object([String: ResourceValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let object = try? container.decode([String: ResourceValue].self) {
            self = .object(object)
        } else if let list = try? container.decode([ResourceValue].self) {
            self = .list(list)
        } else if let text = try? container.decode(String.self) {
            self = .scalar(text)
        } else if let flag = try? container.decode(Bool.self) {
            self = .scalar("\(flag)")
        } else if let number = try? container.decode(Int64.self) {
            self = .scalar("\(number)")
        } else if let number = try? container.decode(UInt64.self) {
            self = .scalar("\(number)")
        } else if let number = try? container.decode(Double.self) {
            self = .scalar("\(number)")
        } else {
            self = .scalar("null")
        }
    }

    /// The entries of a list; none for anything else.
    var elements: [ResourceValue] {
        if case .list(let values) = self { values } else { [] }
    }

    /// The entries of a list by their `name`; nil for anything else than a list of objects with different names.
    var named: [String: ResourceValue]? {
        guard case .list(let values) = self, !values.isEmpty else { return nil }
        var result: [String: ResourceValue] = [:]
        for value in values {
            guard case .object(let members) = value, case .scalar(let name) = members["name"] else { return nil }
            guard result.updateValue(value, forKey: name) == nil else { return nil }
        }
        return result
    }

    /// For a person to read; the order of a list is not told, for it does not decide what is measured.
    var text: String {
        switch self {
        case .scalar(let text): text
        case .list(let values): "[" + values.map(\.text).sorted().joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.text)" }.joined(separator: ", ") + "}"
        }
    }
}
