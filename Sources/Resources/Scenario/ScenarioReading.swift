import Contract

extension Scenario: ReadableResource {
    static func read(metadata: Metadata, spec: NodeReader) -> Scenario? {
        Spec(reading: spec).map { Scenario(metadata: metadata, spec: $0) }
    }

    var canonicalSpec: CanonicalValue { spec.canonical }

    var parts: [ResourceDocument] { spec.steps.compactMap(\.work).flatMap(\.documents) }

    func located(file: String, directory: String) -> any ReadableResource {
        var moved = self
        func move(_ steps: inout [Step]) {
            for index in steps.indices {
                steps[index].work = steps[index].work?.located(file: file, directory: directory)
            }
        }
        move(&moved.spec.background)
        for index in moved.spec.stages.indices { move(&moved.spec.stages[index]) }
        move(&moved.spec.finally)
        return moved
    }
}

extension Scenario.Spec {
    private enum Key: String, CaseIterable {
        case matrix, `repeat`, background, steps, finally, seed
    }

    private enum StageKey: String, CaseIterable {
        case parallel
    }

    private static let mostSteps = 100

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let matrix = keyed.read(.matrix, default: []) { Scenario.MatrixFactor.list(reading: $0) }
        let blocks = keyed.read(.repeat, default: 1) { $0.integer(in: 1...100) }
        let seed = keyed[.seed]?.wholeNumber(in: 0...UInt64.max)
        let cells = Scenario.Spec(matrix: matrix ?? [], stages: []).cells
        let factors = (matrix ?? []).map(\.name)
        var drafts: [StepDraft] = []
        var isGood = true
        func read(_ readers: [NodeReader], _ place: (Int) -> StepDraft.Place) {
            for (index, element) in readers.enumerated() {
                let draft = StepDraft(reading: element, place(index), cells: cells, factors: factors)
                isGood = isGood && draft != nil
                draft.map { drafts.append($0) }
            }
        }
        read(keyed[.background]?.list("steps") ?? []) { _ in .background }
        let stages = keyed.require(.steps, "a list of steps") { $0.list("steps") }
        for (index, stage) in (stages ?? []).enumerated() {
            read(Self.steps(of: stage)) { _ in .stage(index) }
        }
        read(keyed[.finally]?.list("steps") ?? []) { .finally($0) }
        if drafts.count > Self.mostSteps {
            reader.fail("expected at most \(Self.mostSteps) steps, found \(drafts.count)")
        }

        let rules = ScenarioRules(drafts: drafts)
        rules.checkNames()
        let scope = ExpressionScope(
            own: nil, steps: Set(drafts.filter { $0.step.work != nil }.map(\.step.name)),
            factors: Dictionary((matrix ?? []).map { ($0.name, $0.type) }) { first, _ in first },
            unit: MetricCatalogue.unit(of:))
        for index in drafts.indices { drafts[index].bind(in: scope) }
        // The order of steps means something only where all of them are there.
        if isGood, drafts.count <= Self.mostSteps { ScenarioRules(drafts: drafts).checkOrder() }
        guard isGood, let matrix, let blocks, let stages else { return nil }
        self.init(
            matrix: matrix, blocks: blocks,
            background: drafts.filter { $0.place == .background }.map(\.step),
            stages: stages.indices.map { index in drafts.filter { $0.place == .stage(index) }.map(\.step) },
            finally: drafts.filter { if case .finally = $0.place { true } else { false } }.map(\.step),
            seed: seed)
    }

    /// The steps of one element of `steps`: itself, or those that run at the same time.
    private static func steps(of reader: NodeReader) -> [NodeReader] {
        guard case .mapping(let entries) = reader.node.value,
            entries.contains(where: { $0.key == StageKey.parallel.rawValue })
        else { return [reader] }
        return reader.keyed(by: StageKey.self)?[.parallel]?.list("steps") ?? []
    }

    var canonical: CanonicalValue {
        .object(present: [
            "matrix": matrix.isEmpty
                ? nil
                : .object(
                    Dictionary(matrix.map { ($0.name, .list($0.levels.map(\.canonical))) }) { first, _ in first }),
            "repeat": .integer(blocks),
            "background": background.isEmpty ? nil : .list(background.map(\.canonical)),
            "steps": .list(
                stages.map { stage in
                    stage.count == 1 ? stage[0].canonical : .object(["parallel": .list(stage.map(\.canonical))])
                }),
            "finally": finally.isEmpty ? nil : .list(finally.map(\.canonical)),
            "seed": seed.map { .integer($0) },
        ])
    }
}

extension Scenario.Step {
    fileprivate var canonical: CanonicalValue {
        .object(present: [
            "name": .string(name),
            "resource": work?.template,
            "after": waits.isEmpty
                ? nil
                : .object(
                    Dictionary(waits.map { ($0.step, .string($0.condition.rawValue)) }) { first, _ in first }),
            "while": during.isEmpty ? nil : .list(during.map { .string($0) }),
            "expect": expectations.isEmpty ? nil : .list(expectations.map { .string($0.text) }),
        ])
    }
}

extension MetricCatalogue {
    private static let units = Dictionary(all.map { ($0.name, $0.unit) }) { first, _ in first }

    /// The unit of a metric of any catalogue.
    @Sendable static func unit(of metric: String) -> String? { units[metric] }
}
