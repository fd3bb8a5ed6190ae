import Results

/// The run itself as tables: its environment, its failures, its events.
enum RunTables {
    static func environment(_ run: RunData) -> ReportTable {
        ReportTable(
            header: ["Key", "Value"],
            rows: run.environment.sorted { $0.key < $1.key }.map { [.init($0.key), .init($0.value)] }, names: 2
        )
    }

    static func failures(_ trials: [RunTrial]) -> ReportTable {
        ReportTable(
            header: ["Variant", "Block", "Outcome", "Reason"],
            rows: trials.map { trial in
                [
                    .init(trial.variant), .init("\(trial.block)"), .init(trial.outcome.lossName),
                    .init(trial.reason ?? "no reason recorded", isMissing: trial.reason == nil),
                ]
            },
            names: 4
        )
    }

    static func events(_ events: [RunData.Event], limit: Int = 200) -> ReportTable {
        var rows: [[ReportTable.Cell]] = events.prefix(limit).map { event in
            [.init(event.at), .init(event.name), .init(event.detail)]
        }
        if events.count > limit {
            rows.append([.init(""), .init("…"), .init("\(events.count - limit) more in the database")])
        }
        return ReportTable(header: ["At", "Event", "Detail"], rows: rows, names: 3)
    }
}
