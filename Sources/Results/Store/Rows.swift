import Contract
import GRDB

/// Turns rows into records.
enum Rows {
    static func run(_ row: Row) throws -> RunRecord {
        RunRecord(
            id: row["id"],
            kind: row["kind"],
            name: row["name"],
            testbed: row["testbed"],
            seed: try value(UInt64(row["seed"] as String), "seed", row),
            startedAt: try timestamp(row["started_at"], "started_at", row),
            endedAt: try (row["ended_at"] as String?).map { try timestamp($0, "ended_at", row) },
            outcome: try value(RunOutcome(rawValue: row["outcome"]), "outcome", row),
            resource: row["resource"],
            design: row["design"],
            toolVersion: row["tool_version"],
            labels: try value(try? JSONText.decode(row["labels"]), "labels", row),
            parent: parent(row)
        )
    }

    /// Databases before version 3, which are read as they are, have neither column.
    private static func parent(_ row: Row) -> RunParent? {
        guard row.hasColumn("parent_id"), let id: String = row["parent_id"] else { return nil }
        return RunParent(id: id, step: row["step"] ?? "")
    }

    static func trials(of runID: String, in database: Database) throws -> [TrialRecord] {
        // Variants repeat in every block, so each factors text is decoded once.
        var decoded: [String: [String: String]] = [:]
        let rows = try Row.fetchCursor(
            database, sql: "SELECT * FROM trials WHERE run_id = ? ORDER BY block, position, id", arguments: [runID]
        )
        var trials: [TrialRecord] = []
        while let row = try rows.next() {
            let text: String = row["factors"]
            let factors = try decoded[text] ?? value(try? JSONText.decode(text), "factors", row)
            decoded[text] = factors
            trials.append(
                TrialRecord(
                    id: row["id"],
                    runID: row["run_id"],
                    variant: row["variant"],
                    factors: factors,
                    block: row["block"],
                    position: row["position"],
                    startedAt: try timestamp(row["started_at"], "started_at", row),
                    endedAt: try timestamp(row["ended_at"], "ended_at", row),
                    outcome: try value(TrialOutcome(rawValue: row["outcome"]), "outcome", row),
                    reason: row["reason"]
                )
            )
        }
        return trials
    }

    static func ledgerEntry(_ row: Row) throws -> LedgerEntry {
        LedgerEntry(
            id: row["id"],
            runID: row["run_id"],
            kind: row["kind"],
            name: row["name"],
            detail: row["detail"],
            bootID: row["boot_id"],
            ownerPID: row["owner_pid"],
            ownerStart: try value(UInt64(row["owner_start"] as String), "owner_start", row),
            at: try timestamp(row["at"], "at", row)
        )
    }

    static func ledgerCount(of runID: String, in database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM ledger WHERE run_id = ?", arguments: [runID]) ?? 0
    }

    static func timestamp(_ text: String, _ column: String, _ row: Row) throws -> Timestamp {
        try value(Timestamp(parsing: text), column, row)
    }

    /// A column that somebody edited by hand can hold what this program cannot read.
    static func value<Value>(_ value: Value?, _ column: String, _ row: Row) throws -> Value {
        guard let value else {
            let id: DatabaseValue = row["id"]
            throw StoreError(
                code: .damaged, operation: "read the row", object: "\(id)",
                reason: "its column \(column) holds what this program never writes",
                nextStep: "Correct the row with sqlite3, or delete it"
            )
        }
        return value
    }
}
