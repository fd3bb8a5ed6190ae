import Yams

/// Parses YAML into documents with places; the only user of Yams.
struct YAMLLoader {
    let source: Position.Source
    let problems: Problems

    // Far more than any resource holds: a file that needs more is a mistake, or an attack by nested aliases.
    private static let maximumBytes = 1 << 20
    private static let maximumValues = 100_000
    private static let maximumDuplicates = 100

    /// The documents of a text, without empty ones.
    ///
    /// Problems are reported, and the documents before them still read.
    func load(_ yaml: String) -> [DocumentNode] {
        guard yaml.utf8.count <= Self.maximumBytes else {
            problems.add("the text is larger than 1 MiB", path: "", at: position(nil))
            return []
        }
        var text = yaml
        var duplicates = DuplicateKeys()
        var (roots, failure) = parse(text)
        // Yams gives up at the first duplicate key. The key is made unique, and remembered, to find what else is wrong.
        while case .duplicatedKeysInMapping(let keys, let context)? = failure,
            let key = keys.first, duplicates.count < Self.maximumDuplicates,
            duplicates.rename(key, atLine: context.mark.line, column: context.mark.column, in: &text)
        {
            (roots, failure) = parse(text)
        }
        if let failure { report(failure) }
        return roots.compactMap { root in
            var conversion = NodeConversion(
                loader: self,
                duplicates: duplicates,
                valuesLeft: Self.maximumValues
            )
            guard let node = conversion.convert(root, path: "") else {
                problems.add(
                    "the document holds more than \(Self.maximumValues) values",
                    path: "",
                    at: position(root.mark)
                )
                return nil
            }
            return node.isNothing ? nil : node
        }
    }

    func position(_ mark: Mark?) -> Position {
        switch source {
        case .file: Position(source: source, line: mark?.line ?? 1, column: mark?.column ?? 1)
        case .override: Position(source: source, line: 0, column: 0)
        }
    }

    private func parse(_ text: String) -> (roots: [Node], failure: YamlError?) {
        var roots: [Node] = []
        do {
            let parser = try Parser(yaml: text, encoding: .utf8)
            while let root = try parser.nextRoot() { roots.append(root) }
            return (roots, nil)
        } catch {
            // Yams throws nothing else from these calls; the text of any other error would be shown just the same.
            return (roots, error as? YamlError ?? .representer(problem: "\(error)"))
        }
    }

    private func report(_ failure: YamlError) {
        let (message, place) = explanation(of: failure)
        problems.add("not valid YAML: \(message)", path: "", at: place)
    }

    private func explanation(of failure: YamlError) -> (String, Position) {
        switch failure {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let start = context.map { "\($0.text) from line \($0.mark.line) on: " } ?? ""
            return (start + problem, position(mark))
        case .reader(let problem, let offset, _, let yaml):
            return (problem, position(ofCharacter: offset ?? 0, in: yaml))
        case .duplicatedKeysInMapping(let keys, let context):
            return ("the key \(keys.first ?? "") is there twice", position(context.mark))
        default:
            return (failure.description, position(nil))
        }
    }

    private func position(ofCharacter offset: Int, in yaml: String) -> Position {
        guard case .file = source else { return position(nil) }
        let before = yaml.prefix(offset)
        let line = before.filter(\.isNewline).count + 1
        let column = before.reversed().prefix { !$0.isNewline }.reduce(1) { $0 + $1.unicodeScalars.count }
        return Position(source: source, line: line, column: column)
    }
}
