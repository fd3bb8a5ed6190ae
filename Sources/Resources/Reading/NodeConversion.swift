import Yams

/// Turns one parsed document into nodes of our own, with merge keys resolved and duplicate keys reported.
struct NodeConversion {
    let loader: YAMLLoader
    let duplicates: DuplicateKeys
    var valuesLeft: Int

    /// Converts a value and all below it, or answers nil when there are too many.
    mutating func convert(_ node: Node, path: String) -> DocumentNode? {
        guard valuesLeft > 0 else { return nil }
        valuesLeft -= 1
        let position = loader.position(node.mark)
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain || scalar.style == .any
            return DocumentNode(value: .scalar(scalar.string, isPlain: isPlain), position: position)
        case .sequence(let sequence):
            var elements: [DocumentNode] = []
            for (index, element) in sequence.enumerated() {
                guard let value = convert(element, path: PathText.index(index, under: path)) else { return nil }
                elements.append(value)
            }
            return DocumentNode(value: .list(elements), position: position)
        case .mapping(let mapping):
            guard let entries = entries(of: mapping, path: path) else { return nil }
            return DocumentNode(value: .mapping(entries), position: position)
        case .alias:
            // Parsing replaces every alias by what it stands for; only encoding makes nodes of this sort.
            return DocumentNode(value: .scalar("", isPlain: true), position: position)
        }
    }

    private mutating func entries(of mapping: Node.Mapping, path: String) -> [DocumentNode.Entry]? {
        var entries: [DocumentNode.Entry] = []
        var merged: [DocumentNode.Entry] = []
        let pairs = Array(mapping)
        for (index, pair) in pairs.enumerated() {
            let position = loader.position(pair.key.mark)
            guard case .scalar(let scalar) = pair.key else {
                loader.problems.add("expected a text as key", path: path, at: position)
                continue
            }
            let keyPath = PathText.key(scalar.string, under: path)
            if let name = duplicates.original(of: scalar.string) {
                let next = pairs.dropFirst(index + 1).first { self.name(of: $0.key) == name }
                loader.problems.add(
                    "the key is there twice, first on line \(position.line)",
                    path: PathText.key(name, under: path),
                    at: loader.position(next?.key.mark ?? pair.key.mark)
                )
                continue
            }
            guard let value = convert(pair.value, path: scalar.string == "<<" ? path : keyPath) else { return nil }
            if scalar.string == "<<", scalar.style == .plain {
                merged += mergedEntries(of: value, path: path)
            } else {
                entries.append(.init(key: scalar.string, keyPosition: position, value: value))
            }
        }
        // A mapping's own keys win over merged ones, and earlier merged ones over later ones.
        for entry in merged where !entries.contains(where: { $0.key == entry.key }) { entries.append(entry) }
        return entries
    }

    private func name(of key: Node) -> String? {
        guard case .scalar(let scalar) = key else { return nil }
        return duplicates.original(of: scalar.string) ?? scalar.string
    }

    private func mergedEntries(of value: DocumentNode, path: String) -> [DocumentNode.Entry] {
        switch value.value {
        case .mapping(let entries): return entries
        case .list(let elements): return elements.flatMap { mergedEntries(of: $0, path: path) }
        case .scalar:
            loader.problems.add(
                "expected a mapping to merge, found \(value.found)",
                path: PathText.key("<<", under: path),
                at: value.position
            )
            return []
        }
    }
}
