import Foundation
import Testing

@testable import Results

/// `docs/results.md` is read as people read it: every SELECT in it is executed as it stands there.
@Suite("The documentation of the results")
struct DocumentationTests {
    private static let page: String = {
        let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return (try? String(contentsOf: root.appendingPathComponent("docs/results.md"), encoding: .utf8)) ?? ""
    }()

    /// The SQL blocks of the page, by the number in the heading above each.
    private static let selects: [Int: String] = {
        var selects: [Int: String] = [:]
        var number: Int?
        var block: [Substring]?
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("### ") {
                number = Int(line.dropFirst(4).prefix { $0.isNumber })
            } else if line == "```sql" {
                block = []
            } else if line == "```", let lines = block {
                selects[number ?? -1] = lines.joined(separator: "\n")
                block = nil
            } else {
                block?.append(line)
            }
        }
        return selects
    }()

    private func rows(_ number: Int) throws -> [[String]] {
        let sql = try #require(Self.selects[number], "the page has no SELECT \(number)")
        return try withStore { store in
            try FilledDatabase.fill(store)
            return try Plain.rows(sql, in: store.path)
        }
    }

    @Test("there are ten numbered SELECTs, and no other SQL")
    func numbers() {
        #expect(Self.selects.keys.sorted() == Array(1...10))
    }

    @Test("1: runs with their trials")
    func runs() throws {
        let start = Make.moment.description
        #expect(
            try rows(1) == [
                [FilledDatabase.newer, "quickstart", start, "running", "18", "1"],
                [FilledDatabase.older, "quickstart", start, "completed", "18", "0"],
            ]
        )
    }

    @Test("2: what did not complete, and why")
    func failures() throws {
        #expect(try rows(2) == [["network=overlay path=same-node test=rr", "timedOut", "no answer in 2 s", "1"]])
    }

    @Test("3: medians, also of an even number of trials")
    func medians() throws {
        let rows = try rows(3)
        #expect(rows.count == 9)
        #expect(rows.contains(["rr", "same-node", "bridge", "latency_p50", "2.1e-05", "s", "3"]))
        #expect(rows.contains(["rr", "same-node", "overlay", "latency_p50", "2.05e-05", "s", "2"]))
        #expect(rows.contains(["stream", "same-node", "overlay", "throughput", "11000000000.0", "bit/s", "3"]))
    }

    @Test("4: throughput against the host")
    func againstHost() throws {
        #expect(
            try rows(4) == [
                ["0", "same-node", "bridge", "16.0", "0.8"], ["1", "same-node", "bridge", "17.6", "0.8"],
                ["2", "same-node", "bridge", "19.2", "0.8"], ["0", "same-node", "overlay", "10.0", "0.5"],
                ["1", "same-node", "overlay", "11.0", "0.5"], ["2", "same-node", "overlay", "12.0", "0.5"],
            ]
        )
    }

    @Test("5: drift from block to block")
    func drift() throws {
        let rows = try rows(5)
        #expect(
            rows.map { $0[0] + $0[1] } == [
                "latency_p500", "latency_p501", "latency_p502", "throughput0", "throughput1", "throughput2",
            ])
        #expect(rows.suffix(3).map { $0[2] } == ["0.909", "1.0", "1.091"])
    }

    @Test("6: what differs between two environments")
    func environments() throws {
        #expect(try rows(6) == [["gone", "x", "NULL"], ["kernel.release", "6.1", "6.2"], ["new", "NULL", "y"]])
    }

    @Test("7: percentiles from merged histograms")
    func percentiles() throws {
        #expect(
            try rows(7) == [
                ["network=bridge path=same-node test=rr", "300", "21.0", "210.0"],
                ["network=host path=same-node test=rr", "300", "21.0", "210.0"],
                ["network=overlay path=same-node test=rr", "200", "21.0", "200.0"],
            ]
        )
    }

    @Test("8: where the generator was the limit")
    func generator() throws {
        #expect(
            try rows(8) == [
                [FilledDatabase.newer, "network=host path=same-node test=stream", "3"],
                [FilledDatabase.older, "network=host path=same-node test=stream", "3"],
            ]
        )
    }

    @Test("9: one number from run to run")
    func development() throws {
        let start = Make.moment.description
        #expect(
            try rows(9) == [
                [FilledDatabase.older, start, "1.0.0", "c2", "41.0", "3"],
                [FilledDatabase.newer, start, "1.0.0", "c1", "21.0", "3"],
            ]
        )
    }

    @Test("10: what is still to be removed")
    func leftovers() throws {
        let at = Make.moment.description
        #expect(
            try rows(10) == [
                ["namespace", "nm-n1", at, "4711", "quickstart", "running"],
                ["namespace", "nm-lab", at, "4711", "no run", ""],
            ]
        )
    }

    @Test("every table, and every column of the view, is described")
    func columns() throws {
        try withStore { store in
            let tables = try Plain.rows(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
                    + "AND name NOT LIKE 'grdb_%'",
                in: store.path
            )
            #expect(tables.count == 9)
            for table in tables.joined() + ["sample_facts", "trial_factors", "spans"] {
                let heading = try #require(Self.page.range(of: "### \(table):"), "no heading for \(table)")
                let rest = Self.page[heading.upperBound...]
                let section = rest[..<(rest.range(of: "\n##")?.lowerBound ?? rest.endIndex)]
                for column in try Plain.rows("SELECT name FROM pragma_table_info('\(table)')", in: store.path).joined()
                {
                    #expect(section.contains("`\(column)`"), "\(table).\(column)")
                }
            }
        }
    }

    @Test("the mark and the version on the page are those of the program")
    func mark() {
        #expect(Self.page.contains("`PRAGMA application_id` = \(Schema.applicationID) "))
        #expect(Self.page.contains("`PRAGMA user_version` = \(Schema.version)."))
    }
}
