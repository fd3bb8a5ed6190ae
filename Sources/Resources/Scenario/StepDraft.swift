import Contract

/// A step as it is read, before the names that it uses are looked for.
struct StepDraft {
    /// Where in a scenario it stands.
    enum Place: Equatable {
        case background
        case stage(Int)
        case finally(Int)
    }

    var step: Scenario.Step
    let place: Place
    let reader: NodeReader
    /// The readers of `after`, by the step that is waited for, and of `while`.
    var waits: [(step: String, reader: NodeReader)] = []
    var during: [(step: String, reader: NodeReader)] = []
    var expectations: [NodeReader] = []

    private enum Key: String, CaseIterable {
        case name, resource, after, `while`, expect
    }

    /// Names that mean something else in expectations.
    private static let reserved = Set(["matrix", "verdict", "findings", "trials", "outcome", "and", "or", "not"])
        .union(["true", "false"]).union(MetricCatalogue.all.map(\.name))

    init?(reading reader: NodeReader, _ place: Place, cells: [Scenario.Cell], factors: [String]) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let name = keyed.require(.name, NodeReader.nameExpectation(maximumLength: 30)) { $0.name(maximumLength: 30) }
        if let name, Self.reserved.contains(name) {
            keyed[.name]?.fail("\(name) means something else in expectations; take another name")
        }
        let work = keyed[.resource].map { Scenario.Work.read($0, name: name ?? "step", cells: cells, factors: factors) }
        self.place = place
        self.reader = reader
        step = Scenario.Step(
            name: name ?? "", work: work ?? nil, waits: [], during: [], expectations: [], path: reader.path)
        readWaits(keyed[.after])
        during = keyed[.while].map { Self.names($0) } ?? []
        step.during = during.map(\.step)
        expectations = keyed[.expect]?.list("expressions") ?? []
        if keyed[.resource] == nil, keyed[.expect] == nil {
            keyed.failMissing(.resource, "a step has a resource, or expects something, or both")
        }
        if keyed[.resource] == nil {
            if place == .background { keyed.failMissing(.resource, "what goes on in the background is a resource") }
            keyed[.while]?.fail("a step that measures nothing ends as soon as it begins, and needs nothing to hold")
        }
        if case .finally = place {
            keyed[.after]?.fail("the steps of finally are run one after the other when all others have ended")
            keyed[.while]?.fail("nothing else goes on when the steps of finally are run")
        }
        guard name != nil, work != .some(nil) else { return nil }
    }

    /// A mapping from steps to how far they have to be.
    private mutating func readWaits(_ reader: NodeReader?) {
        guard let reader else { return }
        guard case .mapping(let entries) = reader.node.value, !entries.isEmpty else {
            reader.fail(expected: "a mapping from steps to started, holding or completed, such as {load: holding}")
            return
        }
        for entry in entries {
            let below = NodeReader(
                node: entry.value, path: PathText.key(entry.key, under: reader.path), problems: reader.problems)
            guard let condition = below.choice(Scenario.StepCondition.self) else { continue }
            waits.append((entry.key, below))
            step.waits.append(Scenario.Wait(step: entry.key, condition: condition))
        }
        step.waits.sort { $0.step < $1.step }
    }

    private static func names(_ reader: NodeReader) -> [(step: String, reader: NodeReader)] {
        (reader.list("steps") ?? []).distinct(by: \.step, naming: { "the step \($0.step)" }) { element in
            element.name(maximumLength: 30).map { (step: $0, reader: element) }
        }
    }

    /// Reads what is expected, now that all names are known.
    mutating func bind(in scope: ExpressionScope) {
        var scope = scope
        scope.own = step.work == nil ? nil : step.name
        for reader in expectations {
            if reader.isMapping {
                reader.fail("expected an expression, found a mapping: a colon and a space make one; put it in quotes")
                continue
            }
            guard let text = reader.text("an expression, such as throughput.median > 1Gbit") else { continue }
            do throws(ExpressionProblem) {
                step.expectations.append(try Expectation(parsing: text, in: scope))
            } catch {
                reader.fail(error)
            }
        }
    }
}

extension NodeReader {
    /// Reports what is wrong in an expression, at its place in the file where YAML has not changed the text.
    func fail(_ problem: ExpressionProblem) {
        problems.add(
            "at character \(problem.offset + 1): \(problem.message)", path: path, at: node.position(of: problem),
            suggestion: problem.suggestion)
    }
}

extension DocumentNode {
    /// Where in a file a place of the expression in this value is; of the value itself where its lines are folded.
    fileprivate func position(of problem: ExpressionProblem) -> Position {
        guard case .scalar(let text, let isPlain) = value, position.line > 0, !text.contains("\n") else {
            return position
        }
        let column = position.column + problem.offset + (isPlain ? 0 : 1)
        return Position(source: position.source, line: position.line, column: column)
    }
}

extension ResourceDocument {
    /// A problem of the expression at a path, such as `spec.steps[1].expect[0]`, with its place in the file.
    public func problem(_ problem: ExpressionProblem, at path: String) -> ResourceProblem {
        let found = root.node(following: Override.steps(of: path) ?? [])
        let position = found.position(of: problem)
        return ResourceProblem(
            file: position.file, line: position.line, column: position.column, path: path,
            message: "at character \(problem.offset + 1): \(problem.message)", suggestion: problem.suggestion)
    }
}
