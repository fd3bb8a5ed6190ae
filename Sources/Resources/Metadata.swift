/// The name and the labels of a resource.
public struct Metadata: Sendable, Equatable, Codable {
    /// The name: a DNS label of at most 63 characters, which also names runs and pictures.
    public var name: String
    /// Free pairs of words, kept with every run of the resource.
    public var labels: [String: String]

    /// Names a resource.
    public init(name: String, labels: [String: String] = [:]) {
        self.name = name
        self.labels = labels
    }
}

extension Metadata {
    private enum Key: String, CaseIterable {
        case name
        case labels
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let name = keyed.require(.name, NodeReader.nameExpectation(maximumLength: 63)) { $0.name(maximumLength: 63) }
        let labels = keyed[.labels]?.dictionary { $0.string() } ?? [:]
        guard let name else { return nil }
        self.init(name: name, labels: labels)
    }

    var canonical: CanonicalValue {
        .object(["name": .string(name), "labels": .object(labels.mapValues { .string($0) })])
    }
}
