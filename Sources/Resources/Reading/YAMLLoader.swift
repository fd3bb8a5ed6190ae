import Yams

/// Parses YAML into documents with places; the only user of Yams.
struct YAMLLoader {
    let source: Position.Source
    let problems: Problems

    /// The documents of a text, without empty ones.
    ///
    /// Problems are reported, and the documents before them still read.
    func load(_ yaml: String) -> [DocumentNode] {
        guard yaml.utf8.count <= ReadingLimits.bytes else {
            problems.add("the text is larger than 1 MiB", path: "", at: position(nil))
            return []
        }
        var text = yaml
        var duplicates = DuplicateKeys(for: text)
        var (roots, failure) = parse(text)
        var parses = min(ReadingLimits.parses, ReadingLimits.bytesParsedAgain / max(1, yaml.utf8.count))
        while case .duplicatedKeysInMapping(let keys, _)? = failure, parses > 0, duplicates.rename(keys, in: &text) {
            (roots, failure) = parse(text)
            parses -= 1
        }
        if let failure { report(failure) }
        return roots.compactMap { root in
            var conversion = NodeConversion(
                loader: self,
                duplicates: duplicates,
                valuesLeft: ReadingLimits.values
            )
            guard let node = conversion.convert(root, path: "", depth: 0) else {
                problems.add(conversion.refusal, path: "", at: position(root.mark))
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
            // Without rules for what a word means: that is decided by what is expected where it stands.
            let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
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
