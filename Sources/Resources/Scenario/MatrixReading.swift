extension Scenario.MatrixFactor {
    /// More cells than anybody waits for.
    static let mostCells = 64

    /// A mapping from names to lists of single values; sorted by name, since mappings have no order.
    static func list(reading reader: NodeReader) -> [Scenario.MatrixFactor]? {
        guard case .mapping(let entries) = reader.node.value else {
            reader.fail(expected: "a mapping from names to lists of values, such as size: [64B, 1KiB]")
            return nil
        }
        var factors: [Scenario.MatrixFactor] = []
        var isGood = true
        for entry in entries {
            let below = NodeReader(
                node: entry.value, path: PathText.key(entry.key, under: reader.path), problems: reader.problems)
            let isName = entry.key.unicodeScalars.allSatisfy(isAllowed) && !entry.key.isEmpty && entry.key.count <= 20
            if !isName || reserved.contains(entry.key) {
                reader.problems.add(
                    isName
                        ? "the results have a factor of this name already; take another one"
                        : "expected a name of letters, digits and _, at most 20 long",
                    path: below.path, at: entry.keyPosition)
                isGood = false
            }
            guard
                let levels = below.list("values")?.distinct(
                    by: \.text, naming: { "the value \($0.text)" }, Scenario.MatrixLevel.init(reading:))
            else {
                isGood = false
                continue
            }
            isGood = isGood && !levels.isEmpty
            factors.append(Scenario.MatrixFactor(name: entry.key, levels: levels))
        }
        let cells = factors.reduce(1) { $0.multipliedReportingOverflow(by: max(1, $1.levels.count)).partialValue }
        if factors.contains(where: { $0.levels.count > mostCells }) || factors.count > 8 || cells > mostCells {
            reader.fail("expected at most \(mostCells) cells of at most 8 factors; take fewer values")
            return nil
        }
        return isGood ? factors.sorted { $0.name < $1.name } : nil
    }

    private static let reserved: Set<String> = ["step"]

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "_"
    }

    /// What its levels are in expectations: quantities where all of them are ones of the same unit, texts otherwise.
    public var type: ExpressionType {
        let dimensions = Set(levels.map { $0.quantity?.dimension })
        guard dimensions.count == 1, case .some(.some(let dimension)) = dimensions.first else { return .text }
        return .quantity(dimension)
    }
}

extension Scenario.MatrixLevel {
    init?(reading reader: NodeReader) {
        guard case .scalar(let text, let isPlain) = reader.node.value, !reader.node.isNothing, !text.isEmpty,
            text.unicodeScalars.count <= 100
        else {
            reader.fail(expected: "one value of at most 100 characters")
            return nil
        }
        guard !text.contains("${") else {
            reader.fail("a value of the matrix cannot hold another one")
            return nil
        }
        // Where any text may stand without quotes, only numbers and truth values are typed by them.
        let isTyped = CanonicalValue(scalar: text, isPlain: isPlain) != .string(text)
        if isPlain, !isTyped, PlainWord.isNumber(text) || PlainWord.isTruth(text) {
            reader.fail(expected: "a value that all versions of YAML read alike", because: "put it in quotes")
            return nil
        }
        self.init(text: text, isPlain: isTyped)
    }

    /// The number and its unit, where it is one.
    public var quantity: (value: Double, dimension: Dimension)? {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard !digits.isEmpty, let found = Dimension.read(String(digits), String(text.dropFirst(digits.count))),
            found.value.isFinite
        else { return nil }
        return found
    }

    var canonical: CanonicalValue { CanonicalValue(scalar: text, isPlain: isPlain) }
}
