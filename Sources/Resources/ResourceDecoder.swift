/// Reads resources from YAML, strictly, and reports everything that is wrong at once.
public enum ResourceDecoder {
    /// The kinds that can be read.
    public static var kinds: [String] { Kinds.all.map { $0.kind } }

    /// The only version of the resources that there is.
    public static var apiVersion: String { Kinds.apiVersion }

    /// The most bytes that a file may have.
    public static var largestFile: Int { ReadingLimits.bytes }

    /// Reads every document of a file.
    ///
    /// - Parameters:
    ///   - yaml: The text of the file.
    ///   - file: How the file is called in problems.
    ///   - directory: Where relative paths in it begin, with a slash at the end; that of the file unless it is given.
    ///   - overrides: Changes to every document, made in order before it is read.
    ///   - include: Reads a file that a step of a scenario is in, by its path, and says how it is called; nil refuses them.
    /// - Throws: All problems of all documents.
    public static func decode(
        yaml: String,
        file: String,
        directory: String? = nil,
        overrides: [Override] = [],
        include: ((_ path: String) -> Result<(text: String, file: String), InclusionError>)? = nil
    ) throws(ResourceErrors) -> [ResourceDocument] {
        let problems = Problems()
        let roots = YAMLLoader(source: .file(file), problems: problems).load(yaml)
        var documents: [ResourceDocument] = []
        var linesByName: [String: Int] = [:]
        for var root in roots {
            for override in overrides { override.apply(to: &root, problems: problems) }
            Inclusion.apply(to: &root, problems: problems, read: include)
            guard let envelope = Envelope(reading: NodeReader(node: root, path: "", problems: problems)) else {
                continue
            }
            if let identity = envelope.identity {
                if let line = linesByName[identity] {
                    envelope.metadata?.reader.fail("\(identity) is already described by the document at line \(line)")
                }
                linesByName[identity] = linesByName[identity] ?? root.position.line
            }
            let place = directory ?? file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
            guard let resource = envelope.resource()?.located(file: file, directory: place) else { continue }
            documents.append(
                ResourceDocument(
                    resource: resource,
                    canonicalJSON: canonicalJSON(of: resource),
                    file: file,
                    line: root.position.line,
                    directory: place,
                    files: resource.files,
                    root: root
                )
            )
        }
        if roots.isEmpty, problems.isEmpty {
            problems.add("the file holds no resource", path: "", at: Position(source: .file(file), line: 1, column: 1))
        }
        guard problems.isEmpty else { throw ResourceErrors(problems: problems.sorted) }
        return documents
    }

    static func canonicalJSON(of resource: any ReadableResource) -> String {
        CanonicalValue.object([
            "apiVersion": .string(Kinds.apiVersion),
            "kind": .string(type(of: resource).kind),
            "metadata": resource.metadata.canonical,
            "spec": resource.canonicalSpec,
        ]).json
    }
}
