import Yams

/// Turns one parsed document into nodes of our own, with merge keys resolved and duplicate keys reported.
struct NodeConversion {
    let loader: YAMLLoader
    let duplicates: DuplicateKeys
    var valuesLeft: Int
    private var isTooDeep = false

    init(loader: YAMLLoader, duplicates: DuplicateKeys, valuesLeft: Int) {
        self.loader = loader
        self.duplicates = duplicates
        self.valuesLeft = valuesLeft
    }

    /// Why there are no nodes.
    var refusal: String {
        isTooDeep
            ? "the document is nested more than \(ReadingLimits.depth) deep"
            : "the document holds more than \(ReadingLimits.values) values"
    }

    /// Converts a value and all below it, or answers nil when there are too many, or they are nested too deep.
    mutating func convert(_ node: Node, path: String, depth: Int) -> DocumentNode? {
        guard valuesLeft > 0 else { return nil }
        guard depth <= ReadingLimits.depth else {
            isTooDeep = true
            return nil
        }
        valuesLeft -= 1
        let position = loader.position(node.mark)
        switch node {
        case .scalar(let scalar):
            return value(of: scalar, path: path, at: position)
        case .sequence(let sequence):
            check(sequence.tag, is: .seq, path: path, at: position)
            var elements: [DocumentNode] = []
            for (index, element) in sequence.enumerated() {
                let below = PathText.index(index, under: path)
                guard let value = convert(element, path: below, depth: depth + 1) else { return nil }
                elements.append(value)
            }
            return DocumentNode(value: .list(elements), position: position)
        case .mapping(let mapping):
            check(mapping.tag, is: .map, path: path, at: position)
            guard let entries = entries(of: mapping, path: path, depth: depth) else { return nil }
            return DocumentNode(value: .mapping(entries), position: position)
        case .alias:
            // Parsing replaces every alias by what it stands for; only encoding makes nodes of this sort.
            return DocumentNode(value: .scalar("", isPlain: true), position: position)
        }
    }

    private func value(of scalar: Node.Scalar, path: String, at position: Position) -> DocumentNode {
        let isPlain = scalar.style == .plain || scalar.style == .any
        let isText = [Tag.Name.str, .nonSpecific].contains { $0.rawValue == scalar.tag.description }
        if !isText { check(scalar.tag, is: .str, path: path, at: position) }
        return DocumentNode(
            value: .scalar(duplicates.original(of: scalar.string), isPlain: isPlain && !isText),
            position: position,
            isTagged: isPlain && isText
        )
    }

    /// A value is what is expected where it stands: a tag can only say the same, or something else.
    private func check(_ tag: Tag, is name: Tag.Name, path: String, at position: Position) {
        let found = tag.description
        guard ![Tag.Name.implicit, .nonSpecific, name].contains(where: { $0.rawValue == found }) else { return }
        let core = "tag:yaml.org,2002:"
        let word = found.hasPrefix(core) ? "!!\(found.dropFirst(core.count))" : found
        loader.problems.add(
            "the tag \(word) is not known here; remove it, and write the value as it is expected",
            path: path,
            at: position
        )
    }

    private mutating func entries(of mapping: Node.Mapping, path: String, depth: Int) -> [DocumentNode.Entry]? {
        var entries: [DocumentNode.Entry] = []
        var merged: [DocumentNode.Entry] = []
        var indices: [String: Int] = [:]
        for pair in mapping {
            let position = loader.position(pair.key.mark)
            guard case .scalar(let scalar) = pair.key else {
                loader.problems.add("expected a text as key", path: path, at: position)
                continue
            }
            let key = duplicates.original(of: scalar.string)
            // A quoted << is a text, and so a key like any other.
            let isMerge = key == "<<" && scalar.style == .plain
            let below = isMerge ? path : PathText.key(key, under: path)
            guard let value = convert(pair.value, path: below, depth: depth + 1) else { return nil }
            if isMerge {
                merged += mergedEntries(of: value, path: path)
            } else if let index = indices[key] {
                loader.problems.add(
                    "the key is there twice, first on line \(entries[index].keyPosition.line)",
                    path: below,
                    at: position
                )
                // The last one is read on, with the place of the first.
                entries[index].value = value
            } else {
                indices[key] = entries.count
                entries.append(.init(key: key, keyPosition: position, value: value))
            }
        }
        // A mapping's own keys win over merged ones, and earlier merged ones over later ones.
        for entry in merged where indices[entry.key] == nil {
            indices[entry.key] = entries.count
            entries.append(entry)
        }
        return entries
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
