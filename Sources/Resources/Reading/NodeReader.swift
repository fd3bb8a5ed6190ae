import Quantities

/// Reads one value of a document, and reports what is wrong with it.
///
/// Every method answers nil only after it has reported a problem, so that callers carry on and find the rest.
struct NodeReader {
    let node: DocumentNode
    let path: String
    let problems: Problems

    /// Whether the value has keys.
    var isMapping: Bool {
        if case .mapping = node.value { true } else { false }
    }

    /// Reports a problem of this value.
    func fail(_ message: @autoclosure () -> String, suggestion: @autoclosure () -> String? = nil) {
        problems.add(message(), path: path, at: node.position, suggestion: suggestion())
    }

    /// Reports that something else was expected.
    func fail(
        expected expectation: @autoclosure () -> String,
        because reason: String? = nil,
        suggestion: @autoclosure () -> String? = nil
    ) {
        let detail = reason.map { ": \($0)" } ?? ""
        fail("expected \(expectation()), found \(node.found)\(detail)", suggestion: suggestion())
    }

    /// The text of a scalar that is not nothing.
    func text(_ expectation: String) -> String? {
        guard case .scalar(let text, _) = node.value, !node.isNothing else {
            fail(expected: expectation)
            return nil
        }
        return text
    }

    /// A text that no version of YAML takes for a number or a truth value.
    func string(_ expectation: String = "a text") -> String? {
        guard let text = text(expectation) else { return nil }
        if case .scalar(_, isPlain: true) = node.value, PlainWord.isNumber(text) || PlainWord.isTruth(text) {
            fail(expected: expectation, because: "put it in quotes")
            return nil
        }
        return text
    }

    /// A whole number, written in digits and not quoted.
    func integer(in range: ClosedRange<Int>) -> Int? {
        wholeNumber(in: UInt64(range.lowerBound)...UInt64(range.upperBound)).map { Int($0) }
    }

    /// A whole number, written in digits and nothing else, and not quoted.
    func wholeNumber(in range: ClosedRange<UInt64>) -> UInt64? {
        // `UInt64` also reads "+5" and "007", which versions of YAML read in different ways.
        guard case .scalar(let text, isPlain: true) = node.value, let value = UInt64(text), String(value) == text,
            range.contains(value)
        else {
            fail(
                expected: "a whole number from \(range.lowerBound) to \(range.upperBound)",
                because: reasonAgainstNumber
            )
            return nil
        }
        return value
    }

    /// Why a value that looks like a whole number is none here.
    private var reasonAgainstNumber: String? {
        guard case .scalar(let text, let isPlain) = node.value else { return nil }
        if node.isTagged { return "the tag makes a text of it; remove the tag" }
        guard isPlain else { return nil }
        if PlainWord.hasLeadingZero(text) {
            return "with a zero in front it is octal in YAML 1.1 and decimal in YAML 1.2; write it without"
        }
        return text.first == "+" ? "write it in digits, without a sign" : nil
    }

    /// `true` or `false`, not quoted; YAML's other words for them are refused.
    func truth() -> Bool? {
        guard case .scalar(let text, isPlain: true) = node.value, let value = Bool(text) else {
            fail(expected: "true or false", because: reasonAgainstTruth)
            return nil
        }
        return value
    }

    /// Why a value that looks like a truth value is none here.
    private var reasonAgainstTruth: String? {
        guard case .scalar(let text, let isPlain) = node.value else { return nil }
        if node.isTagged { return "the tag makes a text of it; remove the tag" }
        guard isPlain, PlainWord.isTruth(text) else { return nil }
        return "versions of YAML do not agree on what that is"
    }

    /// A number with its unit.
    func quantity<Value: Quantity>(_ type: Value.Type = Value.self) -> Value? {
        guard let text = text(type.expectation) else { return nil }
        do throws(QuantityError) {
            return try type.init(parsing: text)
        } catch {
            fail(expected: error.expectation, because: error.reason)
            return nil
        }
    }

    /// A number with its unit, within bounds.
    func quantity<Value: Quantity & Comparable>(in range: ClosedRange<Value>) -> Value? {
        guard let value = quantity(Value.self) else { return nil }
        guard range.contains(value) else {
            fail("expected \(range.lowerBound) to \(range.upperBound), found \(node.found)")
            return nil
        }
        return value
    }

    /// One of a fixed set of words.
    func choice<Choice: CaseIterable & RawRepresentable<String>>(_ type: Choice.Type = Choice.self) -> Choice? {
        oneOf(type.allCases.map(\.rawValue)).flatMap(Choice.init)
    }

    /// One of a fixed set of words.
    func oneOf(_ words: [String]) -> String? {
        guard let text = text(Self.expectation(of: words)) else { return nil }
        guard words.contains(text) else {
            fail(expected: Self.expectation(of: words), suggestion: NearestName.of(text, among: words))
            return nil
        }
        return text
    }

    /// The elements of a list that is not empty.
    func list(_ expectation: String) -> [NodeReader]? {
        guard case .list(let elements) = node.value else {
            fail(expected: "a list of \(expectation)")
            return nil
        }
        guard !elements.isEmpty else {
            fail("expected at least one of \(expectation), found an empty list")
            return nil
        }
        return elements.enumerated().map { index, element in
            NodeReader(node: element, path: PathText.index(index, under: path), problems: problems)
        }
    }

    /// A mapping with any keys.
    func dictionary<Value>(_ read: (NodeReader) -> Value?) -> [String: Value]? {
        guard case .mapping(let entries) = node.value else {
            fail(expected: "a mapping")
            return nil
        }
        var values: [String: Value] = [:]
        for entry in entries {
            let path = PathText.key(entry.key, under: path)
            values[entry.key] = read(NodeReader(node: entry.value, path: path, problems: problems))
        }
        return values
    }

    /// "a, b or c", or "one of …" where there is a choice.
    static func expectation(of words: [String]) -> String {
        words.count == 1 ? words[0] : "one of \(words.joined(separator: ", "))"
    }
}
