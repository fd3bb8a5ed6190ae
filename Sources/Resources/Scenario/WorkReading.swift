extension Scenario.Work {
    private enum Key: String, CaseIterable {
        case kind, spec
    }

    /// More values than this in all cells together are a mistake or an attack.
    private static let mostValues = ReadingLimits.values

    /// Reads the resource of a step: once where the matrix does not change it, and for each cell otherwise.
    static func read(
        _ reader: NodeReader, name: String, cells: [Scenario.Cell], factors: [String]
    ) -> Scenario.Work? {
        // Said already, when the file was not put in its place.
        if case .mapping(let entries) = reader.node.value, entries.contains(where: { $0.key == "file" }),
            !reader.problems.isEmpty
        {
            return nil
        }
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let types = Kinds.all.filter { $0.kind != Scenario.kind }
        let kind = keyed.require(.kind, NodeReader.expectation(of: types.map { $0.kind })) { reader -> String? in
            if reader.node.value == .scalar(Scenario.kind, isPlain: true) {
                reader.fail("a scenario cannot be a step of a scenario; put its steps here")
                return nil
            }
            return reader.oneOf(types.map { $0.kind })
        }
        let spec = keyed.require(.spec, "what to measure") { $0 }
        guard let spec, let type = types.first(where: { $0.kind == kind }),
            Substitution.check(spec, factors: factors)
        else { return nil }
        let isVaried = Substitution.isNeeded(in: spec.node)
        if isVaried, Substitution.size(of: spec.node) * cells.count > mostValues {
            spec.fail("for \(cells.count) cells it has more than \(mostValues) values")
            return nil
        }
        let resources = (isVaried ? cells : Array(cells.prefix(1))).compactMap { cell -> ResourceDocument? in
            let node = isVaried ? Substitution.applied(cell, to: spec.node) : spec.node
            let below = NodeReader(node: node, path: spec.path, problems: spec.problems)
            let before = spec.problems.count
            guard let resource = type.read(metadata: Metadata(name: name), spec: below), spec.problems.count == before
            else { return nil }
            return ResourceDocument(resource: resource, spec: node)
        }
        guard resources.count == (isVaried ? cells.count : 1), let first = resources.first else { return nil }
        guard
            let canonical = isVaried
                ? CanonicalValue(spec.node) : (first.resource as? any ReadableResource)?.canonicalSpec
        else { return nil }
        return Scenario.Work(
            documents: resources, template: .object(["kind": .string(type.kind), "spec": canonical]))
    }

    /// The same resources, where relative paths of the scenario's own file begin elsewhere.
    func located(file: String, directory: String) -> Scenario.Work {
        Scenario.Work(
            documents: documents.map { $0.file == file || $0.file.hasPrefix("--set") ? $0.moved(to: directory) : $0 },
            template: template)
    }
}

extension ResourceDocument {
    /// The document of a step, as if it stood alone in a file.
    fileprivate init(resource: any ReadableResource, spec: DocumentNode) {
        let file = spec.position.file
        self.init(
            resource: resource,
            canonicalJSON: ResourceDecoder.canonicalJSON(of: resource),
            file: file,
            line: spec.position.line,
            directory: file.lastIndex(of: "/").map { String(file[...$0]) } ?? "",
            files: resource.files,
            root: DocumentNode(
                value: .mapping([DocumentNode.Entry(key: "spec", keyPosition: spec.position, value: spec)]),
                position: spec.position)
        )
    }

    fileprivate func moved(to directory: String) -> ResourceDocument {
        ResourceDocument(
            resource: resource, canonicalJSON: canonicalJSON, file: file, line: line, directory: directory,
            files: files,
            root: root)
    }
}
