import Contract

extension Offloads {
    /// The two words that a feature takes; YAML's truth values mean other things to other readers.
    private enum Switch: String, CaseIterable {
        case on
        case off
    }

    /// The mapping under `offloads`: names of features, each `on` or `off`.
    static func features(reading reader: NodeReader) -> [String: Bool]? {
        let problems = reader.problems.count
        guard let features = reader.dictionary({ $0.choice(Switch.self).map { $0 == .on } }) else { return nil }
        guard reader.problems.count == problems else { return nil }
        guard !features.isEmpty else {
            reader.fail("expected at least one offload, such as tso: off, found none")
            return nil
        }
        return features
    }

    /// The same as it is read back.
    static func canonical(_ features: [String: Bool]) -> CanonicalValue {
        .object(features.mapValues { .string(($0 ? Switch.on : .off).rawValue) })
    }
}
