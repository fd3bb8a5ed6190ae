import Contract
import Testing

@testable import Results

@Suite("Recording runs and trials")
struct StoreWritingTests {
    @Test("what is recorded is read back, in order of block and position")
    func roundTrip() throws {
        try withStore { store in
            let run = Make.run(labels: ["commit": "abc", "über": "\"quoted\" \\ {}"])
            try store.begin(run)
            try store.recordEnvironment(runID: run.id, ["kernel.release": "6.1", "empty": ""])
            try store.recordEnvironment(runID: run.id, ["kernel.release": "6.2"])
            let late = Make.trial(run, block: 1, position: 0)
            let early = Make.trial(run, block: 0, position: 1, outcome: .timedOut, reason: "no answer in 2 s")
            let samples = [
                Make.sample(late, "b", 2), Make.sample(late, "a", -0.1),
                SampleRecord(trialID: late.id, metric: "a", value: .leastNonzeroMagnitude, censored: true),
            ]
            let histogram = HistogramRecord(trialID: late.id, metric: "latency", data: #"{"counts":[[1,2]]}"#)
            let artifact = ArtifactRecord(trialID: late.id, name: "out", mediaType: "text/plain", data: "line\nline")
            try store.record(trial: late, samples: samples, histograms: [histogram], artifacts: [artifact])
            try store.record(trial: early)
            let event = EventRecord(runID: run.id, trialID: "not-yet-ended", at: Make.moment, name: "settled")
            try store.event(event)

            #expect(try store.run(run.id) == run)
            #expect(try store.environment(runID: run.id) == ["kernel.release": "6.2", "empty": ""])
            #expect(try store.trials(runID: run.id) == [early, late])
            #expect(try store.samples(runID: run.id) == samples)
            #expect(try store.samples(runID: run.id, metric: "a") == [samples[1], samples[2]])
            #expect(try store.histograms(runID: run.id) == [histogram])
            #expect(try store.histograms(runID: run.id, metric: "jitter").isEmpty)
            #expect(try store.artifacts(runID: run.id, trialID: late.id) == [artifact])
            #expect(try store.artifacts(runID: run.id, trialID: early.id).isEmpty)
            #expect(try store.events(runID: run.id) == [event])
        }
    }

    @Test("trials that ended together are stored together, or none of them")
    func together() throws {
        try withStore { store in
            let run = Make.run()
            try store.begin(run)
            let trials = (0..<3).map { Make.trial(run, block: 0, position: $0) }
            try store.record(trials.map { RecordedTrial($0, samples: [Make.sample($0, "a", 1)]) })
            #expect(try store.trials(runID: run.id) == trials)
            let more = (3..<5).map { Make.trial(run, block: 0, position: $0) }
            let bad = [RecordedTrial(more[0]), RecordedTrial(more[1], samples: [Make.sample(more[1], "a", .nan)])]
            #expect(storeError { try store.record(bad) }?.code == .invalidRecord)
            #expect(storeError { try store.record([RecordedTrial(more[0]), RecordedTrial(trials[0])]) } != nil)
            #expect(try store.trials(runID: run.id) == trials)
            let events = ["x", "y"].map { EventRecord(runID: run.id, name: $0) }
            try store.events(events)
            try store.events([])
            #expect(try store.events(runID: run.id).map(\.name) == ["x", "y"])
        }
    }

    @Test("finishing sets outcome and end, going on removes the end, and an unknown run is an error")
    func finish() throws {
        try withStore { store in
            var run = Make.run()
            try store.begin(run)
            try store.finish(runID: run.id, outcome: .interrupted, endedAt: Make.moment)
            run.outcome = .interrupted
            run.endedAt = Make.moment
            #expect(try store.run("latest") == run)
            try store.finish(runID: run.id, outcome: .running)
            #expect(try store.run("latest").endedAt == nil)
            #expect(storeError { try store.finish(runID: "none", outcome: .completed) }?.code == .notFound)
        }
    }

    @Test("every seed survives", arguments: [0, 1, UInt64(Int64.max) + 1, UInt64.max])
    func seeds(seed: UInt64) throws {
        try withStore { store in
            var run = Make.run()
            run.seed = seed
            try store.begin(run)
            #expect(try store.run(run.id).seed == seed)
        }
    }

    @Test("a trial that cannot be stored whole is not stored at all")
    func atomic() throws {
        try withStore { store in
            let run = Make.run()
            try store.begin(run)
            let trial = Make.trial(run)
            let histogram = HistogramRecord(trialID: trial.id, metric: "latency", data: "not JSON")
            let error = storeError {
                try store.record(trial: trial, samples: [Make.sample(trial, "m", 1)], histograms: [histogram])
            }
            #expect(error?.code == .invalidRecord)
            #expect(error?.reason.contains("histogram_is_json") == true)
            #expect(try store.trials(runID: run.id).isEmpty)
            #expect(try store.samples(runID: run.id).isEmpty)
            try store.record(trial: trial)
            #expect(try store.trials(runID: run.id) == [trial])
        }
    }

    @Test("numbers that are none are refused", arguments: [Double.nan, .infinity, -.infinity])
    func notFinite(value: Double) throws {
        try withStore { store in
            let run = Make.run()
            try store.begin(run)
            let trial = Make.trial(run)
            let error = storeError {
                try store.record(trial: trial, samples: [Make.sample(trial, "throughput", value)])
            }
            #expect(error?.code == .invalidRecord)
            #expect(error?.reason.contains("throughput") == true)
            #expect(try store.trials(runID: run.id).isEmpty)
        }
    }

    @Test("plain SQL cannot store an infinite sample either")
    func schemaRefusesInfinity() throws {
        try withStore { store in
            let run = Make.run()
            try store.begin(run)
            let trial = Make.trial(run)
            try store.record(trial: trial)
            #expect(throws: (any Error).self) {
                try Plain.execute("INSERT INTO samples VALUES ('\(trial.id)', 'm', 9e999, 0)", in: store.path)
            }
            #expect(try store.samples(runID: run.id).isEmpty)
        }
    }

    @Test("runs and trials that exist, and trials without a run, are refused with the right code")
    func identities() throws {
        try withStore { store in
            let run = Make.run()
            try store.begin(run)
            #expect(storeError { try store.begin(run) }?.code == .duplicate)
            let trial = Make.trial(run)
            try store.record(trial: trial)
            #expect(storeError { try store.record(trial: trial) }?.code == .duplicate)
            let stranger = Make.trial(Make.run())
            #expect(storeError { try store.record(trial: stranger) }?.code == .notFound)
            #expect(storeError { try store.event(EventRecord(runID: "none", name: "e")) }?.code == .notFound)
            #expect(storeError { try store.recordEnvironment(runID: "none", ["a": "b"]) }?.code == .notFound)
            let foreign = Make.sample(stranger, "m", 1)
            #expect(
                storeError { try store.record(trial: Make.trial(run), samples: [foreign]) }?.code == .invalidRecord
            )
        }
    }

    @Test("a failure without a reason, a bad id and bad JSON are refused")
    func badRecords() throws {
        try withStore { store in
            let run = Make.run()
            try store.begin(run)
            for reason in [nil, ""] {
                let trial = Make.trial(run, outcome: .failed, reason: reason)
                let error = storeError { try store.record(trial: trial) }
                #expect(error?.reason.contains("reason_unless_completed") == true)
            }
            #expect(storeError { try store.record(trial: Make.trial(run, block: -1)) }?.code == .invalidRecord)
            for id in ["", "a=b", "a b", "../x", String(repeating: "A", count: 65)] {
                #expect(storeError { try store.begin(Make.run(id: id)) }?.code == .invalidRecord)
            }
            var bad = Make.run()
            bad.resource = "kind: YAML"
            #expect(storeError { try store.begin(bad) }?.reason.contains("resource_is_json") == true)
        }
    }

    @Test("a NUL in the output of a tool is stored as a replacement character, and nothing after it is lost")
    func null() throws {
        try withStore { store in
            let run = Make.run()
            try store.begin(run)
            let trial = Make.trial(run, outcome: .failed, reason: "rubbish: \0\0!")
            let artifact = ArtifactRecord(trialID: trial.id, name: "out", mediaType: "text/plain", data: "a\0b")
            try store.record(trial: trial, artifacts: [artifact])
            #expect(try store.trials(runID: run.id).map(\.reason) == ["rubbish: \u{FFFD}\u{FFFD}!"])
            #expect(try store.artifacts(runID: run.id).map(\.data) == ["a\u{FFFD}b"])
            // A NUL with a combining mark behind it is another Character, and as much an end to SQLite.
            for text in ["a\0b", "a\0\u{301}b", "\0", "\r\0\n"] {
                try store.event(EventRecord(runID: run.id, name: "said", detail: text))
                let stored = try #require(try store.events(runID: run.id).last?.detail)
                #expect(stored.unicodeScalars.elementsEqual(text.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }))
            }
        }
    }

    @Test("metrics are added and updated, but never change their unit")
    func metrics() throws {
        try withStore { store in
            let latency = MetricRecord(
                name: "latency_p50", unit: "s", better: .lower, description: "median", judged: true)
            let load = MetricRecord(name: "generator_load", unit: "ratio", better: .neither, description: "load")
            try store.define(metrics: [latency, load])
            var better = latency
            better.description = "median round trip"
            better.minimumRelevantChange = 0.1
            try store.define(metrics: [better])
            #expect(try store.metrics() == [load, better])
            var other = latency
            other.unit = "ms"
            let error = storeError { try store.define(metrics: [load, other]) }
            #expect(error?.code == .invalidRecord)
            #expect(error?.reason == "the database holds it in s, not in ms")
            #expect(try store.metrics() == [load, better])
        }
    }

    @Test("deleting a run deletes all that was measured in it and nothing else")
    func delete() throws {
        try withStore { store in
            let (gone, kept) = (Make.run(), Make.run())
            for run in [gone, kept] {
                try store.begin(run)
                try store.recordEnvironment(runID: run.id, ["a": "b"])
                let trial = Make.trial(run)
                try store.record(
                    trial: trial, samples: [Make.sample(trial, "m", 1)],
                    histograms: [HistogramRecord(trialID: trial.id, metric: "m", data: "{}")],
                    artifacts: [ArtifactRecord(trialID: trial.id, name: "n", mediaType: "t", data: "d")]
                )
                try store.event(EventRecord(runID: run.id, name: "e"))
            }
            try store.deleteRun(gone.id)
            for table in ["runs", "environment", "trials", "samples", "histograms", "artifacts", "events"] {
                #expect(try Plain.rows("SELECT count(*) FROM \(table)", in: store.path) == [["1"]], "\(table)")
            }
            #expect(try store.samples(runID: kept.id).count == 1)
            #expect(storeError { try store.deleteRun(gone.id) }?.code == .notFound)
        }
    }
}
