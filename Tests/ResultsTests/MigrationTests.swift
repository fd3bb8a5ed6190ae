import Contract
import Foundation
import Testing

@testable import Results

@Suite("Databases of the first version")
struct MigrationTests {
    /// A database as the first version made it, with a metric that it knew, one that nobody knows, and a run.
    private func withVersionOne(_ body: (String) throws -> Void) throws {
        try withScratchDirectory { directory in
            let path = directory + "/results.sqlite"
            try Plain.execute(
                """
                PRAGMA journal_mode = WAL;
                PRAGMA application_id = \(Schema.applicationID);
                CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
                INSERT INTO grdb_migrations VALUES ('1');
                \(SchemaVersion1.sql)
                PRAGMA user_version = 1;
                INSERT INTO metrics VALUES ('connect_random_p999', 's', 'lower', 'd', 0.25, 1), ('odd_p50', 's', 'lower', 'e', 0.05, 0);
                INSERT INTO runs VALUES ('01JDAAAAAA0000000000000001', 'NetworkScalabilityTest', 'n', 'local', '42',
                    '2026-11-24T22:03:25.123Z', NULL, 'running', '{}', '{}', 'v', '{}');
                INSERT INTO trials VALUES ('01JDAAAAAA000000000000000A', '01JDAAAAAA0000000000000001', 'v',
                    '{"proxy":"ipvs","services":"10","weather":"dry"}', 0, 0, '2026-11-24T22:03:25.123Z', '2026-11-24T22:03:25.123Z',
                    'completed', NULL);
                INSERT INTO samples VALUES ('01JDAAAAAA000000000000000A', 'connect_random_p999', 0.5, 0);
                """, in: path
            )
            try body(path)
        }
    }

    private let known = MetricID("connect", at: "random", percentile: 99.9)

    @Test("opening for writing says what known metrics measure, and leaves an unknown name whole")
    func identities() throws {
        try withVersionOne { path in
            let store = try Store.open(at: path)
            #expect(try store.metrics().map(\.id) == [known, MetricID("odd_p50")])
            #expect(try store.metrics().map(\.description) == ["d", "e"])
            #expect(try store.samples(runID: "01JDAAAAAA0000000000000001").map(\.value) == [0.5])
            #expect(try Plain.rows("PRAGMA user_version", in: path) == [["\(Schema.version)"]])
            #expect(
                try Plain.rows(
                    "SELECT name, subject, operation, position, percentile FROM metrics ORDER BY name", in: path)
                    == [
                        ["connect_random_p999", "connect", "NULL", "random", "99.9"],
                        ["odd_p50", "odd_p50", "NULL", "NULL", "NULL"],
                    ])
        }
    }

    @Test("the views have every factor")
    func factors() throws {
        try withVersionOne { path in
            try Store.open(at: path).close()
            let facts = "SELECT proxy, services, pods, metric_subject, metric_percentile, value FROM sample_facts"
            #expect(try Plain.rows(facts, in: path) == [["ipvs", "10", "NULL", "connect", "99.9", "0.5"]])
            #expect(
                try Plain.rows("SELECT factor, level FROM trial_factors ORDER BY factor", in: path)
                    == [["proxy", "ipvs"], ["services", "10"], ["weather", "dry"]])
        }
    }

    @Test("what held when is a view of the events, which passes over what it cannot read")
    func spans() throws {
        try withVersionOne { path in
            let store = try Store.open(at: path)
            let (run, trial) = ("01JDAAAAAA0000000000000001", "01JDAAAAAA000000000000000A")
            let span = Span(role: .finding, name: "loss", place: "a to b", start: 1.5, end: nil, detail: "3 of 9 lost")
            try store.event(EventRecord(runID: run, trialID: trial, name: Span.name, detail: try span.json()))
            try store.event(EventRecord(runID: run, trialID: trial, name: Span.name, detail: "{"))
            try store.event(EventRecord(runID: run, trialID: trial, name: "remark", detail: "{}"))
            try store.close()
            let query = "SELECT variant, role, name, place, started, ended, detail FROM spans"
            #expect(
                try Plain.rows(query, in: path) == [["v", "finding", "loss", "a to b", "1.5", "NULL", "3 of 9 lost"]])
        }
    }

    @Test("opening for reading reads it as it is")
    func reading() throws {
        try withVersionOne { path in
            let store = try Store.open(at: path, mode: .readOnly)
            #expect(try store.metrics().map(\.id) == [known, MetricID("odd_p50")])
            #expect(try store.export(runID: "01JDAAAAAA0000000000000001").contains("\"percentile\" : 99.9"))
            #expect(try Plain.rows("PRAGMA user_version", in: path) == [["1"]])
        }
    }

    @Test(
        "identities that are given are kept, in the database and in documents, and old documents get those that are known"
    )
    func documents() throws {
        try withStore { source in
            let run = Make.run()
            let id = MetricID("weight", of: "lift", at: "top", percentile: 5)
            try source.define(metrics: [
                MetricRecord(name: "any", id: id, unit: "kg", better: .lower, description: ""),
                MetricRecord(name: "connect_random_p999", unit: "s", better: .lower, description: ""),
            ])
            try source.begin(run)
            let trial = Make.trial(run)
            try source.record(
                trial: trial, samples: [Make.sample(trial, "any", 1), Make.sample(trial, "connect_random_p999", 1)])
            let json = try source.export(runID: run.id)
            try withStore { (target: Store) throws in
                try target.importRun(json)
                #expect(try target.metrics().map(\.id) == [id, known])
            }
            let old = try withoutIdentities(json)
            try withStore { (target: Store) throws in
                try target.importRun(old)
                #expect(try target.metrics().map(\.id) == [MetricID("any"), known])
            }
        }
    }

    private func withoutIdentities(_ json: String) throws -> String {
        var document = try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let metrics = try #require(document["metrics"] as? [[String: Any]])
        #expect(metrics.allSatisfy { $0["identity"] != nil })
        document["metrics"] = metrics.map { $0.filter { $0.key != "identity" } }
        return String(decoding: try JSONSerialization.data(withJSONObject: document), as: UTF8.self)
    }

    @Test("a percentile beyond 100 is refused with its place")
    func percentile() throws {
        try withStore { source in
            let run = Make.run()
            try source.define(metrics: [MetricRecord(name: "latency_p99", unit: "s", better: .lower, description: "")])
            try source.begin(run)
            let trial = Make.trial(run)
            try source.record(trial: trial, samples: [Make.sample(trial, "latency_p99", 1)])
            let json = try source.export(runID: run.id).replacing("\"percentile\" : 99", with: "\"percentile\" : 990")
            try withStore { (target: Store) throws in
                let error = storeError { try target.importRun(json) }
                #expect(error?.reason.contains("metrics[0].identity.percentile: expected 0 to 100") == true)
            }
        }
    }
}
