/// Chooses objects by their labels, as Kubernetes does: all that is said has to be true.
public struct LabelSelector: Sendable, Hashable {
    /// One requirement of a label.
    public struct Requirement: Sendable, Hashable {
        /// How the label and the values go together.
        public enum Operator: String, Sendable, Hashable, CaseIterable {
            case isIn = "In"
            case isNotIn = "NotIn"
            case exists = "Exists"
            case doesNotExist = "DoesNotExist"

            /// Whether it is about values.
            var hasValues: Bool { self == .isIn || self == .isNotIn }
        }

        /// The label.
        public var key: String
        /// How the label and the values go together.
        public var `operator`: Operator
        /// The values, of `In` and `NotIn`.
        public var values: [String]

        /// A requirement.
        public init(key: String, operator: Operator, values: [String] = []) {
            self.key = key
            self.operator = `operator`
            self.values = values
        }

        /// Whether an object with these labels meets it; one without the label is in no list.
        public func matches(_ labels: [String: String]) -> Bool {
            switch self.operator {
            case .isIn: labels[key].map(values.contains) ?? false
            case .isNotIn: labels[key].map { !values.contains($0) } ?? true
            case .exists: labels[key] != nil
            case .doesNotExist: labels[key] == nil
            }
        }
    }

    /// Labels with the values that they have to have.
    public var matchLabels: [String: String]
    /// Further requirements.
    public var matchExpressions: [Requirement]

    /// A selector.
    public init(matchLabels: [String: String] = [:], matchExpressions: [Requirement] = []) {
        self.matchLabels = matchLabels
        self.matchExpressions = matchExpressions
    }

    /// Whether an object with these labels is chosen.
    public func matches(_ labels: [String: String]) -> Bool {
        matchLabels.allSatisfy { labels[$0.key] == $0.value } && matchExpressions.allSatisfy { $0.matches(labels) }
    }
}

extension LabelSelector {
    private enum Key: String, CaseIterable {
        case matchLabels, matchExpressions
    }

    private enum RequirementKey: String, CaseIterable {
        case key, `operator`, values
    }

    /// A selector; one that would choose everything is refused, since that is seldom what is meant.
    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let problems = reader.problems.count
        let labels = keyed.read(.matchLabels, default: [:]) { $0.dictionary { $0.string("the value of a label") } }
        let expressions = keyed.read(.matchExpressions, default: []) {
            $0.list("requirements, such as {key: app, operator: Exists}")?.compactMap { Self.requirement($0) }
        }
        guard let labels, let expressions, reader.problems.count == problems else { return nil }
        guard !labels.isEmpty || !expressions.isEmpty else {
            reader.fail("selects everything; say matchLabels or matchExpressions")
            return nil
        }
        self.init(matchLabels: labels, matchExpressions: expressions)
    }

    private static func requirement(_ reader: NodeReader) -> Requirement? {
        guard let keyed = reader.keyed(by: RequirementKey.self) else { return nil }
        let key = keyed.require(.key, "the name of a label") { $0.string("the name of a label") }
        let word = keyed.require(.operator, "In, NotIn, Exists or DoesNotExist") {
            $0.choice(Requirement.Operator.self)
        }
        let values = keyed.read(.values, default: []) { $0.list("values")?.compactMap { $0.string("a value") } }
        guard let key, let word, let values else { return nil }
        if word.hasValues, keyed[.values] == nil { keyed.failMissing(.values, "the key is missing; expected values") }
        if !word.hasValues { keyed[.values]?.fail("\(word.rawValue) asks for no value; leave it out") }
        return Requirement(key: key, operator: word, values: values)
    }

    var canonical: CanonicalValue {
        .object(present: [
            "matchLabels": matchLabels.isEmpty ? nil : .object(matchLabels.mapValues { .string($0) }),
            "matchExpressions": matchExpressions.isEmpty
                ? nil
                : .list(
                    matchExpressions.map { requirement in
                        .object(present: [
                            "key": .string(requirement.key),
                            "operator": .string(requirement.operator.rawValue),
                            "values": requirement.values.isEmpty
                                ? nil : .list(requirement.values.map { .string($0) }),
                        ])
                    }),
        ])
    }
}
