import Contract
import Foundation
import Testing

@testable import Results

@Suite("Exported documents")
struct DocumentTests {
    @Test("what is exported and imported elsewhere is the same in every part, and exports to the same text")
    func roundTrip() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<40 {
            let random = RandomRun(using: &generator)
            try withStore { source in
                try random.record(in: source)
                let json = try source.export(runID: random.run.id)
                try withStore { (target: Store) throws in
                    #expect(try target.importRun(json) == random.run.id)
                    #expect(try target.runs() == [random.run])
                    #expect(try target.environment(runID: random.run.id) == random.environment)
                    #expect(try target.trials(runID: random.run.id) == random.trials.map(\.trial))
                    #expect(try target.samples(runID: random.run.id) == random.trials.flatMap(\.samples))
                    #expect(try target.histograms(runID: random.run.id) == random.trials.flatMap(\.histograms))
                    #expect(try target.artifacts(runID: random.run.id) == random.trials.flatMap(\.artifacts))
                    #expect(try target.events(runID: random.run.id) == random.events)
                    let used = Set(random.trials.flatMap { $0.samples.map(\.metric) + $0.histograms.map(\.metric) })
                    let expected = random.metrics.filter { used.contains($0.name) }.sorted { $0.name < $1.name }
                    #expect(try target.metrics() == expected)
                    #expect(try target.export(runID: random.run.id) == json)
                }
            }
        }
    }

    /// The JSON of a small run, changed at one place.
    private func document(_ change: (inout RunDocument) -> Void = { _ in }) throws -> String {
        let run = Make.run(id: "01JDAAAAAA0000000000000001")
        let parts = ["01JDAAAAAA000000000000000A", "01JDAAAAAA000000000000000B"].enumerated().map { block, id in
            let trial = Make.trial(run, id: id, block: block)
            return RunDocument.Trial(
                trial: trial, samples: [Make.sample(trial, "latency_p50", 0.5)],
                histograms: [HistogramRecord(trialID: id, metric: "latency", data: "{}")],
                artifacts: [ArtifactRecord(trialID: id, name: "n", mediaType: "t", data: "d")]
            )
        }
        var document = RunDocument(
            run: run, environment: ["a": "b"],
            metrics: [MetricRecord(name: "latency_p50", unit: "s", better: .lower, description: "d")], trials: parts,
            events: [EventRecord(runID: run.id, at: Make.moment, name: "e")]
        )
        change(&document)
        return try document.json()
    }

    /// Imports into an empty store, expects the refusal, and that nothing of the document stays.
    private func refusal(of json: String) throws -> StoreError? {
        try withStore { (store: Store) throws in
            let error = storeError { try store.importRun(json) }
            for table in ["runs", "environment", "trials", "samples", "histograms", "artifacts", "events", "metrics"] {
                #expect(try Plain.rows("SELECT count(*) FROM \(table)", in: store.path) == [["0"]], "\(table)")
            }
            return error
        }
    }

    @Test("a run that is here already is refused and stays as it is")
    func duplicateRun() throws {
        try withStore { store in
            let json = try document()
            let id = try store.importRun(json)
            let error = storeError { try store.importRun(json) }
            #expect(error?.code == .duplicate)
            #expect(error?.nextStep.contains("runs delete \(id)") == true)
            #expect(try store.trials(runID: id).count == 2)
            try store.deleteRun(id)
            #expect(try store.importRun(json) == id)
        }
    }

    @Test("a trial that is here already, in another run, is refused with the names of both")
    func duplicateTrial() throws {
        try withStore { store in
            let other = Make.run()
            try store.begin(other)
            try store.record(trial: Make.trial(other, id: "01JDAAAAAA000000000000000B"))
            let error = storeError { try store.importRun(try document()) }
            #expect(error?.code == .duplicate)
            #expect(error?.reason.contains(other.id) == true)
            #expect(try store.runs().count == 1)
        }
    }

    @Test("an export of a run that is not there is an error")
    func exportUnknown() throws {
        try withStore { store in
            #expect(storeError { _ = try store.export(runID: "none") }?.code == .notFound)
        }
    }

    @Test(
        "what is no document is refused",
        arguments: [
            ("", "not JSON"), ("[]", "it is not JSON, or not a JSON object"), ("{", "not JSON"), ("{}", "found none"),
            (#"{"format":"networkmachinery.io/run","version":1,}"#, "line 1, column 48: a comma stands before"),
            (#"{"format":"a","format":"networkmachinery.io/run"}"#, "\"format\" is there twice"),
            ("\u{FEFF}{}", "byte order mark"),
            (#"{"format":"something else"}"#, "found something else"),
            (#"{"format":"networkmachinery.io/run"}"#, "expected version 1, found none"),
            (#"{"format":"networkmachinery.io/run","version":2}"#, "expected version 1, found 2"),
            (#"{"format":"networkmachinery.io/run","version":"1"}"#, "version:"),
            (#"{"format":"networkmachinery.io/run","version":1}"#, "run: it is missing"),
        ]
    )
    func noDocument(json: String, words: String) throws {
        let error = try refusal(of: json)
        #expect(error?.code == .invalidDocument)
        #expect(error?.reason.contains(words) == true, "\(error?.reason ?? "")")
    }

    @Test(
        "a value of the wrong form is refused with its place",
        arguments: [
            (#""value" : 0.5"#, #""value" : "fast""#, "trials[0].samples[0].value"),
            (#""seed" : "42""#, #""seed" : "-1""#, "run.seed"),
            (#""outcome" : "completed""#, #""outcome" : "great""#, "trials[0].trial.outcome"),
            (#""better" : "lower""#, #""better" : "faster""#, "metrics[0].better"),
            (#""at" : "20"#, #""at" : "x20"#, "events[0].at"),
            (#""block" : 1,"#, "", "trial.block: it is missing"),
        ]
    )
    func wrongForm(good: String, bad: String, place: String) throws {
        let json = try document()
        let range = try #require(json.range(of: good))
        let error = try refusal(of: json.replacingCharacters(in: range, with: bad))
        #expect(error?.code == .invalidDocument)
        #expect(error?.reason.contains(place) == true, "\(error?.reason ?? "")")
        let line = json[..<range.lowerBound].count { $0 == "\n" } + 1
        let isMissing = bad.isEmpty
        #expect(isMissing || error?.reason.hasPrefix("line \(line), column ") == true, "\(error?.reason ?? "")")
    }

    @Test("parts that do not belong together, or break a rule of the schema, are refused with words")
    func inconsistent() throws {
        let changes: [(String, (inout RunDocument) -> Void)] = [
            ("occurs twice", { $0.trials.append($0.trials[0]) }),
            ("trials[1].trial.runID: it belongs to the run other", { $0.trials[1].trial.runID = "other" }),
            ("trials[0].samples[0].trialID", { $0.trials[0].samples[0].trialID = "other" }),
            ("trials[0].histograms[0].trialID", { $0.trials[0].histograms[0].trialID = "other" }),
            ("trials[1].artifacts[0].trialID", { $0.trials[1].artifacts[0].trialID = "other" }),
            ("events[0].runID: it belongs to the run other", { $0.events[0].runID = "other" }),
            ("latency_p50 occurs twice", { $0.metrics.append($0.metrics[0]) }),
            ("run.resource: the text in it is not JSON: line 1, column 2", { $0.run.resource = "{" }),
            ("trials[1].histograms[0].data: the text in it is not JSON", { $0.trials[1].histograms[0].data = "" }),
            ("trials[0].trial.reason: ", { $0.trials[0].trial.outcome = .failed }),
            ("trials[0].trial.block: expected 0 or more", { $0.trials[0].trial.block = -1 }),
            ("metrics[0].minimumRelevantChange: expected 0 or more", { $0.metrics[0].minimumRelevantChange = -1 }),
        ]
        for (words, change) in changes {
            let error = try refusal(of: try document(change))
            #expect(error?.code == .invalidDocument)
            #expect(error?.reason.contains(words) == true, "\(error?.reason ?? words)")
        }
    }

    @Test("a document that was cut off anywhere is refused")
    func truncated() throws {
        let json = try document()
        for length in stride(from: 0, to: json.count - 2, by: 97) {
            #expect(try refusal(of: String(json.prefix(length)))?.code == .invalidDocument)
        }
    }

    @Test("a metric that is defined here keeps its definition, and one with another unit is refused")
    func metrics() throws {
        try withStore { store in
            let known = MetricRecord(name: "latency_p50", unit: "s", better: .lower, description: "ours", judged: true)
            try store.define(metrics: [known])
            try store.importRun(try document())
            #expect(try store.metrics() == [known])
        }
        try withStore { store in
            let other = MetricRecord(name: "latency_p50", unit: "ms", better: .lower, description: "other unit")
            try store.define(metrics: [other])
            #expect(storeError { try store.importRun(try document()) }?.reason.contains("in ms, not in s") == true)
            #expect(try store.runs().isEmpty)
        }
    }
}
