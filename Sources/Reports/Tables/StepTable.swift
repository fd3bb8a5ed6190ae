import Contract
import Statistics

/// The runs that a run is put together of: which, how long, how it ended, and where the rest of it is.
enum StepTable {
    private static let limit = 500

    static func make(_ model: ReportModel) -> ReportTable {
        let factors = model.run.design.factors.map(\.name)
        let rows = model.run.steps.prefix(limit).map { step -> [ReportTable.Cell] in
            let levels = factors.compactMap { name in step.run.labels[name].map { "\(name) \($0)" } }
            let completed = step.run.trials.count { $0.outcome == .completed }
            return [
                .init(step.name), .init(levels.joined(separator: ", ")), .init(step.run.kind),
                .init(Wording.text(step.run.outcome)), .init("\(completed) of \(step.run.trials.count)"),
                .init("\(NumberText.fixed(step.start, decimals: 2)) s"),
                .init("\(NumberText.fixed(max(0, step.end - step.start), decimals: 2)) s"), .init(step.run.id),
            ]
        }
        return ReportTable(
            header: ["Step", "Levels", "Kind", "Outcome", "Trials completed", "Begun at", "Took", "Run"], rows: rows,
            names: 4)
    }
}
