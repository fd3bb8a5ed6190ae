/// Reads a mapping whose keys are known.
struct KeyedReader<Key: CaseIterable & RawRepresentable<String> & Hashable> {
    let reader: NodeReader
    private let values: [Key: NodeReader]

    fileprivate init(reader: NodeReader, values: [Key: NodeReader]) {
        self.reader = reader
        self.values = values
    }

    /// The value of a key, when it is there.
    subscript(key: Key) -> NodeReader? { values[key] }

    /// Reads the value of a key that has to be there; nil after a problem was reported.
    @discardableResult
    func require<Value>(_ key: Key, _ expectation: String, _ read: (NodeReader) -> Value?) -> Value? {
        guard let value = values[key] else {
            failMissing(key, "the key is missing; expected \(expectation)")
            return nil
        }
        return read(value)
    }

    /// Reads the value of a key that has a default; nil after a problem was reported.
    func read<Value>(_ key: Key, default value: Value, _ read: (NodeReader) -> Value?) -> Value? {
        guard let reader = values[key] else { return value }
        return read(reader)
    }

    /// Reports, at the mapping, that a key should be there.
    func failMissing(_ key: Key, _ message: String) {
        let path = PathText.key(key.rawValue, under: reader.path)
        reader.problems.add(message, path: path, at: reader.node.position)
    }
}

extension NodeReader {
    /// A mapping with these keys and no others.
    func keyed<Key: CaseIterable & RawRepresentable<String> & Hashable>(by type: Key.Type) -> KeyedReader<Key>? {
        let names = type.allCases.map(\.rawValue)
        guard case .mapping(let entries) = node.value else {
            fail(expected: "a mapping with the keys \(names.joined(separator: ", "))")
            return nil
        }
        var values: [Key: NodeReader] = [:]
        for entry in entries {
            let path = PathText.key(entry.key, under: path)
            if let key = Key(rawValue: entry.key) {
                values[key] = NodeReader(node: entry.value, path: path, problems: problems)
            } else {
                problems.add(
                    "unknown key; the keys here are \(names.joined(separator: ", "))",
                    path: path,
                    at: entry.keyPosition,
                    suggestion: NearestName.of(entry.key, among: names)
                )
            }
        }
        return KeyedReader(reader: self, values: values)
    }
}

extension NodeReader {
    /// A mapping in two: what has these keys, and what has those that it shares with others; no further ones.
    func split<Key: CaseIterable & RawRepresentable<String>>(
        _ type: Key.Type, and shared: [String]
    ) -> (own: NodeReader, shared: NodeReader)? {
        let own = type.allCases.map(\.rawValue)
        let names = own + shared
        guard case .mapping(let entries) = node.value else {
            fail(expected: "a mapping with the keys \(names.joined(separator: ", "))")
            return nil
        }
        for entry in entries where !names.contains(entry.key) {
            problems.add(
                "unknown key; the keys here are \(names.joined(separator: ", "))",
                path: PathText.key(entry.key, under: path),
                at: entry.keyPosition,
                suggestion: NearestName.of(entry.key, among: names)
            )
        }
        func part(_ names: [String]) -> NodeReader {
            let entries = entries.filter { names.contains($0.key) }
            return NodeReader(
                node: DocumentNode(value: .mapping(entries), position: node.position), path: path, problems: problems)
        }
        return (part(own), part(shared))
    }
}
