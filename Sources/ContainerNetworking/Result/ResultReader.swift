import Quantities

/// Reads the members of one object of a result, and says where one is wrong.
struct ResultReader {
    let value: JSONValue
    let path: String

    /// The string, or nil when it is absent, null or empty: plugins write empty strings for what they do not know.
    func string(_ name: String) throws(CNIResultError) -> String? {
        switch value[name] {
        case nil, .null, .string(""): return nil
        case .string(let text): return text
        case let other?: throw wrong(name, "expected a string, found \(other.text.prefix(80))")
        }
    }

    func quantity<Q: Quantity>(_ name: String) throws(CNIResultError) -> Q? {
        guard let text = try string(name) else { return nil }
        do throws(QuantityError) {
            return try Q(parsing: text)
        } catch {
            throw wrong(name, "expected \(Q.expectation), found \"\(text.prefix(80))\"")
        }
    }

    func index(_ name: String, below count: Int) throws(CNIResultError) -> Int? {
        switch value[name] {
        case nil, .null:
            return nil
        case .integer(let number)? where number >= 0 && number < Int64(count):
            return Int(number)
        case let other?:
            throw wrong(name, "expected an index into \(count) interfaces, found \(other.text.prefix(80))")
        }
    }

    func strings(_ name: String) throws(CNIResultError) -> [String] {
        var texts: [String] = []
        for (position, element) in try elements(name).enumerated() {
            guard let text = element.string else {
                throw wrong("\(name)[\(position)]", "expected a string, found \(element.text.prefix(80))")
            }
            texts.append(text)
        }
        return texts
    }

    func list(_ name: String) throws(CNIResultError) -> [ResultReader] {
        var readers: [ResultReader] = []
        for (position, element) in try elements(name).enumerated() {
            guard case .object = element else {
                throw wrong("\(name)[\(position)]", "expected an object, found \(element.text.prefix(80))")
            }
            readers.append(ResultReader(value: element, path: "\(path)\(name)[\(position)]."))
        }
        return readers
    }

    /// The members of an object; of none when it is absent or null.
    func object(_ name: String) throws(CNIResultError) -> ResultReader {
        switch value[name] {
        case nil, .null, .object: return ResultReader(value: value[name] ?? .null, path: "\(path)\(name).")
        case let other?: throw wrong(name, "expected an object, found \(other.text.prefix(80))")
        }
    }

    func required<T>(_ name: String, _ value: T?) throws(CNIResultError) -> T {
        guard let value else { throw wrong(name, "expected a value, found nothing") }
        return value
    }

    private func elements(_ name: String) throws(CNIResultError) -> [JSONValue] {
        switch value[name] {
        case nil, .null: return []
        case .array(let elements): return elements
        case let other?: throw wrong(name, "expected an array, found \(other.text.prefix(80))")
        }
    }

    private func wrong(_ name: String, _ message: String) -> CNIResultError {
        CNIResultError(path: path + name, message: message)
    }
}
