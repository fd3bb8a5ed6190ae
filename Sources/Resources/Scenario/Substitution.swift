/// Puts the levels of a cell where `${matrix.NAME}` stands: a whole value by a whole value, in the tree and never in a text.
struct Substitution {
    private static let beginning = "${"
    private static let end = "}"
    private static let matrix = "matrix."

    /// The factor that a value stands for; nil for a value that stands for none.
    private static func factor(_ text: String) -> String? {
        guard text.hasPrefix(beginning + matrix), text.hasSuffix(end) else { return nil }
        return String(text.dropFirst(beginning.count + matrix.count).dropLast(end.count))
    }

    /// Whether any value below stands for a factor.
    static func isNeeded(in node: DocumentNode) -> Bool {
        switch node.value {
        case .scalar(let text, _): factor(text) != nil
        case .list(let elements): elements.contains(where: isNeeded)
        case .mapping(let entries): entries.contains { isNeeded(in: $0.value) }
        }
    }

    /// How many values there are.
    static func size(of node: DocumentNode) -> Int {
        switch node.value {
        case .scalar: 1
        case .list(let elements): elements.reduce(1) { $0 + size(of: $1) }
        case .mapping(let entries): entries.reduce(1) { $0 + size(of: $1.value) }
        }
    }

    /// Reports every `${…}` that stands for nothing; false when there is one.
    static func check(_ reader: NodeReader, factors: [String]) -> Bool {
        switch reader.node.value {
        case .scalar(let text, _):
            guard text.contains(beginning) else { return true }
            guard let name = factor(text) else {
                reader.fail("${matrix.NAME} has to be the whole value, found \(reader.node.found)")
                return false
            }
            guard factors.contains(name) else {
                reader.fail(
                    "there is no \(name) in the matrix"
                        + (factors.isEmpty ? "" : "; it has \(factors.joined(separator: ", "))"),
                    suggestion: NearestName.of(name, among: factors))
                return false
            }
            return true
        case .list(let elements):
            return elements.enumerated().reduce(true) { isGood, element in
                let below = NodeReader(
                    node: element.element, path: PathText.index(element.offset, under: reader.path),
                    problems: reader.problems)
                return check(below, factors: factors) && isGood
            }
        case .mapping(let entries):
            return entries.reduce(true) { isGood, entry in
                if entry.key.contains(beginning) {
                    reader.problems.add(
                        "a key cannot come from the matrix", path: PathText.key(entry.key, under: reader.path),
                        at: entry.keyPosition)
                }
                let below = NodeReader(
                    node: entry.value, path: PathText.key(entry.key, under: reader.path), problems: reader.problems)
                return check(below, factors: factors) && isGood && !entry.key.contains(beginning)
            }
        }
    }

    /// The tree with the levels of a cell, each at the place of what stood for it.
    static func applied(_ cell: Scenario.Cell, to node: DocumentNode) -> DocumentNode {
        var result = node
        switch node.value {
        case .scalar(let text, _):
            guard let level = factor(text).flatMap({ cell.level(of: $0) }) else { return node }
            result.value = .scalar(level.text, isPlain: level.isPlain)
            result.isTagged = false
        case .list(let elements): result.value = .list(elements.map { applied(cell, to: $0) })
        case .mapping(let entries):
            result.value = .mapping(
                entries.map {
                    DocumentNode.Entry(key: $0.key, keyPosition: $0.keyPosition, value: applied(cell, to: $0.value))
                })
        }
        return result
    }
}
