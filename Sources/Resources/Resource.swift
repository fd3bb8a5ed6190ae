/// One thing that people describe in YAML, or in a custom resource of a cluster: what to measure, and how.
public protocol Resource: Sendable, Equatable {
    /// The word behind `kind:`, such as `CNIPerformance`.
    static var kind: String { get }

    /// Name and labels.
    var metadata: Metadata { get }

    /// What is changed around its trials: the levels of the factor `condition`; empty where nothing ever is.
    var conditions: [NamedCondition] { get }
}

extension Resource {
    /// None, unless a kind says otherwise.
    public var conditions: [NamedCondition] { [] }
}

/// What a kind adds for this module: how it is read, and how it is written canonically.
protocol ReadableResource: Resource {
    /// Reads `spec`; returns nil after reporting at least one problem.
    static func read(metadata: Metadata, spec: NodeReader) -> Self?

    /// The whole `spec` with every default filled in.
    var canonicalSpec: CanonicalValue { get }

    /// The files that it names.
    var files: [NamedFile] { get }

    /// The resources that it is put together of, each as a document of its own.
    var parts: [ResourceDocument] { get }

    /// The same resource, whose parts of this file find their own files from a directory.
    func located(file: String, directory: String) -> any ReadableResource
}

extension ReadableResource {
    /// None, unless a kind says otherwise.
    var files: [NamedFile] { [] }

    /// None, unless a kind says otherwise.
    var parts: [ResourceDocument] { [] }

    /// Itself, unless a kind says otherwise.
    func located(file: String, directory: String) -> any ReadableResource { self }
}
