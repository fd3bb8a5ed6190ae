import GRDB

extension Store {
    /// The runs that match, the latest first.
    public func runs(matching filter: RunFilter = RunFilter()) throws(StoreError) -> [RunRecord] {
        try read("list the runs of", path) { database in
            try Self.runs(matching: filter, in: database)
        }
    }

    /// The run that a person means by an id, the beginning of one, `latest`, or a label `key=value` (its latest run).
    ///
    /// The latest is a scenario rather than its last step, which carries its labels, too.
    ///
    /// Throws `notFound`, or `ambiguous` when the beginning fits several ids.
    public func run(_ selector: String) throws(StoreError) -> RunRecord {
        let operation = "find the run"
        return try read(operation, "\"\(selector)\"") { database in
            let found: [RunRecord]
            if selector == "latest" {
                found = try Self.runs(matching: RunFilter(limit: 1), stepsLast: true, in: database)
            } else if let separator = selector.firstIndex(of: "=") {
                let value = String(selector[selector.index(after: separator)...])
                let labels = [String(selector[..<separator]): value]
                found = try Self.runs(matching: RunFilter(labels: labels, limit: 1), stepsLast: true, in: database)
            } else {
                found = try Self.runs(beginningWith: selector, in: database)
            }
            guard let run = found.first else {
                throw StoreError(
                    code: .notFound, operation: operation, object: "\"\(selector)\"",
                    reason: "no run in \(path) has this id, beginning of an id, or label",
                    nextStep: "netmachinery runs list shows the runs of this database"
                )
            }
            guard found.count == 1 || run.id == selector else {
                throw StoreError(
                    code: .ambiguous, operation: operation, object: "\"\(selector)\"",
                    reason: "the ids of several runs begin so: \(found.map(\.id).joined(separator: ", "))",
                    nextStep: "Give more characters of the id"
                )
            }
            return run
        }
    }

    private static func runs(
        matching filter: RunFilter, stepsLast: Bool = false, in database: Database
    ) throws -> [RunRecord] {
        var conditions: [String] = []
        var arguments = StatementArguments()
        for (column, value) in [("kind", filter.kind), ("name", filter.name), ("outcome", filter.outcome?.rawValue)] {
            if let value {
                conditions.append("\(column) = ?")
                arguments += [value]
            }
        }
        for (key, value) in filter.labels.sorted(by: { $0.key < $1.key }) {
            conditions.append("EXISTS (SELECT 1 FROM json_each(labels) WHERE key = ? AND json_each.value = ?)")
            arguments += [key, value]
        }
        // A database before version 3 has no steps, and no column for them.
        let hasSteps = try database.columns(in: "runs").contains { $0.name == "parent_id" }
        if let parent = filter.parent {
            guard hasSteps else { return [] }
            conditions.append("parent_id = ?")
            arguments += [parent]
        }
        // To SQLite a negative limit is none.
        arguments += [filter.limit ?? -1]
        let condition = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        let order = stepsLast && hasSteps ? "parent_id IS NOT NULL, id DESC" : "id DESC"
        return try Row.fetchAll(
            database, sql: "SELECT * FROM runs \(condition) ORDER BY \(order) LIMIT ?", arguments: arguments
        )
        .map(Rows.run)
    }

    /// An exact match comes first; at most ten, enough to name them in an error.
    private static func runs(beginningWith prefix: String, in database: Database) throws -> [RunRecord] {
        guard !prefix.isEmpty else {
            return []
        }
        // Not LIKE, for which `_` and `%` are wildcards.
        return try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM runs WHERE substr(id, 1, length(?1)) IN (?1, ?2) ORDER BY id <> ?1, id LIMIT 10
                """,
            arguments: [prefix, prefix.uppercased()]
        )
        .map(Rows.run)
    }
}
