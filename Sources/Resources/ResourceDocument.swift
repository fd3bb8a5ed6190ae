/// A resource, and where it was read.
public struct ResourceDocument: Sendable {
    /// The resource, of one of the known kinds.
    public let resource: any Resource
    /// The whole resource as JSON on one line: keys sorted, quantities as strings, every default filled in.
    ///
    /// It decodes back to an equal resource, as JSON is YAML.
    public let canonicalJSON: String
    /// The file as it was named to the decoder.
    public let file: String
    /// The line on which the document begins, counted from 1.
    public let line: Int
    /// Where the relative paths of files that it names begin, with a slash at the end; empty for the working directory.
    public let directory: String
    /// The files that it names, such as configuration lists.
    public let files: [NamedFile]
    /// The resources that it is put together of, such as those of a scenario's steps in each cell.
    public var parts: [ResourceDocument] { (resource as? any ReadableResource)?.parts ?? [] }

    let root: DocumentNode

    /// A problem of the value at a path, such as `spec.networks[1].conflist`, with the place where it was read.
    ///
    /// The place is that of what should hold the value, when it is not there.
    public func problem(_ message: String, at path: String, suggestion: String? = nil) -> ResourceProblem {
        let position = root.node(following: Override.steps(of: path) ?? []).position
        return ResourceProblem(
            file: position.file,
            line: position.line,
            column: position.column,
            path: path,
            message: message,
            suggestion: suggestion
        )
    }

    /// A path that the document names, as the program finds it.
    public func resolved(_ path: String) -> String {
        path.hasPrefix("/") ? path : directory + path
    }
}

extension DocumentNode {
    /// A value below this one; for what is not there, that which should hold it.
    func node(following steps: some Collection<Override.Step>) -> DocumentNode {
        var node = self
        for step in steps {
            switch (step, node.value) {
            case (.key(let key), .mapping(let entries)):
                guard let entry = entries.first(where: { $0.key == key }) else { return node }
                node = entry.value
            case (.index(let index), .list(let elements)) where elements.indices.contains(index):
                node = elements[index]
            default: return node
            }
        }
        return node
    }
}
