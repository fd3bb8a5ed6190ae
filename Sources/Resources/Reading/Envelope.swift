/// What all resources share around their spec.
struct Envelope {
    let type: (any ReadableResource.Type)?
    let metadata: (value: Metadata, reader: NodeReader)?
    let spec: NodeReader?

    private enum Key: String, CaseIterable {
        case apiVersion
        case kind
        case metadata
        case spec
    }

    init?(reading root: NodeReader) {
        guard let keyed = root.keyed(by: Key.self) else { return nil }
        keyed.require(.apiVersion, Kinds.apiVersion) { $0.oneOf([Kinds.apiVersion]) }
        let kinds = Kinds.all.map { $0.kind }
        let kind = keyed.require(.kind, NodeReader.expectation(of: kinds)) { $0.oneOf(kinds) }
        type = Kinds.all.first { $0.kind == kind }
        metadata = keyed.require(.metadata, "name and labels") { reader in
            Metadata(reading: reader).map { ($0, reader) }
        }
        spec = keyed.require(.spec, "what to measure") { $0 }
    }

    /// Kind and name, by which documents of one file differ.
    var identity: String? {
        guard let type, let metadata else { return nil }
        return "\(type.kind) \(metadata.value.name)"
    }

    /// Reads the spec, even without a name, so that all problems are found in one go.
    func resource() -> (any ReadableResource)? {
        guard let type, let spec else { return nil }
        return type.read(metadata: metadata?.value ?? Metadata(name: ""), spec: spec)
    }
}
