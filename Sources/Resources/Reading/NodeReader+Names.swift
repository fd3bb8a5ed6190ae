extension NodeReader {
    static func nameExpectation(maximumLength: Int) -> String {
        "a name of lower-case letters, digits and dashes, at most \(maximumLength) long"
    }

    /// A DNS label (RFC 1123), as names go into interfaces, files and Kubernetes objects.
    func name(maximumLength: Int = 20) -> String? {
        let expectation = Self.nameExpectation(maximumLength: maximumLength)
        guard let text = string(expectation) else { return nil }
        let reason: String? =
            if text.isEmpty {
                "it is empty"
            } else if text.count > maximumLength {
                "it is \(text.count) long"
            } else if text.hasPrefix("-") || text.hasSuffix("-") {
                "it begins or ends with a dash"
            } else {
                text.unicodeScalars.first { !Self.isAllowedInNames($0) }.map { "it contains \"\($0)\"" }
            }
        guard let reason else { return text }
        fail(expected: expectation, because: reason)
        return nil
    }

    private static func isAllowedInNames(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "-"
    }
}

extension [NodeReader] {
    /// Reads every element, and reports each value that stands there twice.
    func distinct<Value: Hashable & CustomStringConvertible>(_ read: (NodeReader) -> Value?) -> [Value] {
        distinct(by: \.self, naming: { $0.description }, read)
    }

    /// Reads every element, and reports each whose key another one has already.
    func distinct<Value, Key: Hashable>(
        by key: (Value) -> Key,
        naming name: (Value) -> String,
        _ read: (NodeReader) -> Value?
    ) -> [Value] {
        var firsts: [Key: String] = [:]
        var values: [Value] = []
        for reader in self {
            guard let value = read(reader) else { continue }
            if let first = firsts[key(value)] {
                reader.fail("\(name(value)) is there twice, first as \(first)")
            } else {
                firsts[key(value)] = reader.path
            }
            values.append(value)
        }
        return values
    }
}
