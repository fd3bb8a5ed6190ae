extension NetworkConnectivityTest.PodSelector {
    private enum Key: String, CaseIterable {
        case matchLabels, matchExpressions
    }

    init?(reading reader: NodeReader, namespace: String) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let labels = keyed.read(.matchLabels, default: [:]) { $0.labels() }
        let expressions = keyed.read(.matchExpressions, default: []) {
            $0.list("expressions")?.distinct(by: \.self, naming: { "\($0)" }) { Expression(reading: $0) }
        }
        guard let labels, let expressions else { return nil }
        self.init(namespace: namespace, labels: labels, expressions: expressions)
    }

    var canonical: CanonicalValue {
        .object(present: [
            "matchLabels": labels.isEmpty ? nil : .object(labels.mapValues { .string($0) }),
            "matchExpressions": expressions.isEmpty ? nil : .list(expressions.map(\.canonical)),
        ])
    }
}

extension NetworkConnectivityTest.PodSelector.Expression {
    private enum Key: String, CaseIterable {
        case key, `operator`, values
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let key = keyed.require(.key, "the name of a label") { $0.string("the name of a label") }
        let comparison = keyed.require(.operator, "In, NotIn, Exists or DoesNotExist") { $0.choice(Operator.self) }
        let values = keyed[.values]?.list("values")?.distinct { $0.string("a value") }
        guard let key, let comparison else { return nil }
        if comparison.hasValues, keyed[.values] == nil {
            keyed.failMissing(.values, "\(comparison.rawValue) goes with values; say which")
        } else if !comparison.hasValues {
            keyed[.values]?.fail("\(comparison.rawValue) has no values; leave them out")
        }
        self.init(key, comparison, values ?? [])
    }

    var canonical: CanonicalValue {
        .object(present: [
            "key": .string(key),
            "operator": .string(comparison.rawValue),
            "values": values.isEmpty ? nil : .list(values.map { .string($0) }),
        ])
    }
}

extension NodeReader {
    /// Labels with their values, none of them without a name.
    func labels() -> [String: String]? {
        guard let labels = dictionary({ $0.string("the value of a label") }) else { return nil }
        guard labels.keys.allSatisfy({ !$0.isEmpty }) else {
            fail("a label has a name")
            return nil
        }
        return labels
    }
}
