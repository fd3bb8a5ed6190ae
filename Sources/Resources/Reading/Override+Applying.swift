extension Override {
    private var position: Position {
        Position(source: .override(Self.excerpt("\(path)=\(value)")), line: 0, column: 0)
    }

    /// Changes a document; what goes wrong is reported, and leaves the document as it was.
    func apply(to root: inout DocumentNode, problems: Problems) {
        let isRemoval = value.allSatisfy(\.isWhitespace)
        let values = isRemoval ? [] : YAMLLoader(source: position.source, problems: problems).load(value)
        guard isRemoval || values.count == 1 else {
            if problems.isEmpty { problems.add("expected one value", path: path, at: position) }
            return
        }
        var changed = root
        if let problem = set(values.first, in: &changed, following: steps[...], at: "") {
            problems.add(problem, path: path, at: position)
        } else {
            root = changed
        }
    }

    // Answers with what is wrong, or nil.
    private func set(
        _ value: DocumentNode?,
        in node: inout DocumentNode,
        following steps: ArraySlice<Step>,
        at path: String
    ) -> String? {
        guard let step = steps.first else {
            if let value { node = value }
            return nil
        }
        let rest = steps.dropFirst()
        let isLast = rest.isEmpty
        let place = path.isEmpty ? "the document" : path
        switch (step, node.value) {
        case (.key(let key), .mapping(var entries)):
            let index = entries.firstIndex { $0.key == key }
            if isLast, value == nil {
                if let index { entries.remove(at: index) }
            } else {
                let empty = DocumentNode(value: .mapping([]), position: position)
                let target = index ?? entries.count
                if index == nil { entries.append(.init(key: key, keyPosition: position, value: empty)) }
                let below = PathText.key(key, under: path)
                if let problem = set(value, in: &entries[target].value, following: rest, at: below) { return problem }
            }
            node.value = .mapping(entries)
            return nil
        case (.index(let index), .list(var elements)):
            guard elements.indices.contains(index) else {
                return "\(place) has \(elements.count) elements, and no [\(index)]"
            }
            if isLast, value == nil {
                elements.remove(at: index)
            } else {
                let below = PathText.index(index, under: path)
                if let problem = set(value, in: &elements[index], following: rest, at: below) { return problem }
            }
            node.value = .list(elements)
            return nil
        case (.key(let key), _): return "\(place) is not a mapping, and has no key \(key)"
        case (.index(let index), _): return "\(place) is not a list, and has no [\(index)]"
        }
    }
}
