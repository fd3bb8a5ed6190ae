import Contract
import Experiments
import Quantities
public import Resources
public import Testbed

/// A scenario as it will be run: an experiment for each step in each cell, and the testbed that all of them share.
public struct ScenarioPlan: Sendable {
    /// The document that it comes from.
    public let document: ResourceDocument
    /// The scenario.
    public let scenario: Scenario
    /// What the testbed has to hold for all steps.
    public let topology: Topology

    let cells: [Scenario.Cell]
    private let experiments: [String: [any Experiment]]

    /// The plan of a document; nil when it is no scenario.
    ///
    /// - Throws: What is wrong with it beyond its form: steps whose networks differ, metrics that a step does not measure.
    public init?(_ document: ResourceDocument) throws(ResourceErrors) {
        try self.init(document, ExperimentRegistry.experiment(for:))
    }

    init?(
        _ document: ResourceDocument, _ experiment: (ResourceDocument) -> (any Experiment)?
    ) throws(ResourceErrors) {
        guard let scenario = document.resource as? Scenario else { return nil }
        self.document = document
        self.scenario = scenario
        cells = scenario.spec.cells
        var experiments: [String: [any Experiment]] = [:]
        var topology: Topology?
        var problems: [ResourceProblem] = []
        for step in scenario.spec.steps {
            guard let work = step.work else { continue }
            for index in work.isVaried ? Array(cells.indices) : [0] {
                guard let experiment = experiment(work.document(ofCell: index)) else {
                    problems.append(
                        document.problem("the step \(step.name) measures nothing", at: step.path + ".resource.kind"))
                    continue
                }
                experiments[step.name, default: []].append(experiment)
                do throws(Topology.Conflict) {
                    topology = try topology?.union(with: experiment.topology) ?? experiment.topology
                } catch {
                    problems.append(
                        document.problem("in another step \(error)", at: step.path + ".resource.spec"))
                }
            }
        }
        self.experiments = experiments
        self.topology = topology ?? Topology(networks: [], nodes: 1, families: [.ipv4])
        problems += unknownMetrics()
        guard problems.isEmpty else { throw ResourceErrors(problems: problems) }
    }

    /// What measures a step in a cell; nil for a step that measures nothing.
    func experiment(of step: Scenario.Step, cell: Int) -> (any Experiment)? {
        guard let experiments = experiments[step.name] else { return nil }
        return experiments[experiments.count == 1 ? 0 : cell]
    }

    /// Every experiment, each once.
    var all: [any Experiment] { experiments.sorted { $0.key < $1.key }.flatMap(\.value) }

    /// The levels of a cell, and the step: what stands for one step in the results.
    func variant(of step: String, in cell: Scenario.Cell) -> Variant {
        Variant(cell.levels.map { Variant.Level($0.factor, $0.level.text) } + [Variant.Level(Self.factor, step)])
    }

    /// The factor whose levels are the steps.
    static let factor = "step"

    /// The cells of a block, from 1, in the order in which they are run: their places among all cells.
    public func order(ofBlock block: Int, seed: UInt64) -> [Int] {
        let variants = cells.map { cell in Variant(cell.levels.map { Variant.Level($0.factor, $0.level.text) }) }
        return BlockSchedule(seed: seed).order(ofBlock: block, among: variants).compactMap {
            variants.firstIndex(of: $0)
        }
    }

    // MARK: Expectations

    /// The metrics of a step, also those that are measured around every trial.
    private func metrics(of step: String) -> [String: Metric] {
        let all = (experiments[step] ?? []).flatMap(\.metrics) + MachineMetrics.all + ConditionMetrics.all
        return Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
    }

    /// Reads every expectation again, now that it is known what each step measures, and in which unit.
    private func unknownMetrics() -> [ResourceProblem] {
        let steps = scenario.spec.steps
        let known = Dictionary(steps.map { ($0.name, metrics(of: $0.name)) }) { first, _ in first }
        let units = known.values.reduce(into: [String: String]()) { units, metrics in
            for metric in metrics.values { units[metric.name] = metric.unit }
        }
        let factors = Dictionary(scenario.spec.matrix.map { ($0.name, $0.type) }) { first, _ in first }
        return steps.flatMap { step in
            step.expectations.enumerated().compactMap { index, expectation in
                let path = "\(step.path).expect[\(index)]"
                for selection in expectation.selections where known[selection.step]?[selection.metric] == nil {
                    let names = (known[selection.step] ?? [:]).keys.sorted()
                    return document.problem(
                        ExpressionProblem(
                            at: selection.offset,
                            "the step \(selection.step) measures no \(selection.metric); it measures "
                                + names.joined(separator: ", "),
                            suggestion: NearestName.of(selection.metric, among: names)),
                        at: path)
                }
                do throws(ExpressionProblem) {
                    _ = try Expectation(
                        parsing: expectation.text,
                        in: ExpressionScope(
                            own: step.work == nil ? nil : step.name,
                            steps: Set(steps.filter { $0.work != nil }.map(\.name)), factors: factors
                        ) { units[$0] })
                    return nil
                } catch {
                    return document.problem(error, at: path)
                }
            }
        }
    }
}
