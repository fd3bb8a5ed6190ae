/// Puts the resources that steps name by `file:` into the tree of a scenario, each value with its place in its own file.
struct Inclusion {
    /// Reads a file by its path as it stands in the resource; throws the words of why it cannot be read.
    typealias Reader = (_ path: String) -> Result<(text: String, file: String), InclusionError>

    /// More files than steps are is a mistake or an attack.
    private static let mostFiles = 64

    let problems: Problems
    let read: Reader?
    private var count = 0

    init(problems: Problems, read: Reader?) {
        self.problems = problems
        self.read = read
    }

    /// Changes a document that is a scenario; others stay as they are.
    static func apply(to root: inout DocumentNode, problems: Problems, read: Reader?) {
        guard case .mapping(let entries) = root.value,
            entries.contains(where: { entry in
                guard entry.key == "kind", case .scalar(Scenario.kind, _) = entry.value.value else { return false }
                return true
            })
        else { return }
        var inclusion = Inclusion(problems: problems, read: read)
        root = inclusion.expand(root, path: "", under: "")
    }

    /// Down the keys that steps stand below, and no further.
    private mutating func expand(_ node: DocumentNode, path: String, under key: String) -> DocumentNode {
        var result = node
        switch node.value {
        case .scalar: break
        case .list(let elements):
            guard Self.ways.contains(key) else { break }
            var expanded: [DocumentNode] = []
            for (index, element) in elements.enumerated() {
                expanded.append(expand(element, path: PathText.index(index, under: path), under: key))
            }
            result.value = .list(expanded)
        case .mapping(let entries):
            result.value = .mapping(
                entries.map { entry in
                    var entry = entry
                    let below = PathText.key(entry.key, under: path)
                    if entry.key == "resource" {
                        entry.value = included(entry.value, path: below)
                    } else if Self.ways.contains(entry.key) {
                        entry.value = expand(entry.value, path: below, under: entry.key)
                    }
                    return entry
                })
        }
        return result
    }

    private static let ways: Set<String> = ["spec", "background", "steps", "parallel", "finally"]

    /// `{file: path}` becomes the kind and the spec of the one resource in that file.
    private mutating func included(_ node: DocumentNode, path: String) -> DocumentNode {
        guard case .mapping(let entries) = node.value, let entry = entries.first(where: { $0.key == "file" }) else {
            return node
        }
        let reader = NodeReader(node: entry.value, path: PathText.key("file", under: path), problems: problems)
        guard entries.count == 1 else {
            reader.fail("the file brings kind and spec; leave the other keys out")
            return node
        }
        guard let file = reader.string("the path of a file") else { return node }
        count += 1
        guard count <= Self.mostFiles else {
            reader.fail("a scenario takes in at most \(Self.mostFiles) files")
            return node
        }
        guard let read else {
            reader.fail("files are not read here; put the resource in its place")
            return node
        }
        let text: String
        let name: String
        switch read(file) {
        case .success(let found): (text, name) = found
        case .failure(let error):
            reader.fail(error.words)
            return node
        }
        let before = problems.count
        let roots = YAMLLoader(source: .file(name), problems: problems).load(text)
        guard problems.count == before else { return node }
        guard roots.count == 1 else {
            reader.fail("expected a file with one resource, found \(roots.count) in \(name)")
            return node
        }
        // For what it says of everything beside the spec.
        _ = Envelope(reading: NodeReader(node: roots[0], path: "", problems: problems))
        guard problems.count == before, case .mapping(let keys) = roots[0].value,
            let kind = keys.first(where: { $0.key == "kind" }), let spec = keys.first(where: { $0.key == "spec" })
        else { return node }
        return DocumentNode(value: .mapping([kind, spec]), position: node.position)
    }
}

/// Why a file that a step names cannot be read.
public struct InclusionError: Error, Sendable {
    /// A sentence.
    public let words: String

    /// An error in words.
    public init(_ words: String) { self.words = words }
}
