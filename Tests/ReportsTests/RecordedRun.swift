import Foundation
import Results
import Testing

@testable import Reports

/// Runs that the program measured, one document each: every kind, with failures, skipped trials, limits, findings and
/// timelines.
enum RecordedRun: String, CaseIterable {
    /// Networks by path and test, of which one gets no addresses; two sizes of messages.
    case performance
    /// Plugins by pods and concurrency, with conformance.
    case benchmark
    /// Proxies up to 5,000 services, with limits and published numbers; one mode is not in the kernel.
    case proxies
    /// Two modes at one position while endpoints change.
    case churn

    /// The document as `runs export` wrote it.
    ///
    /// The fixture leaves out what repeats: the run and the trial that a part belongs to, the names of members of samples
    /// and artifacts, and the form of histograms. Numbers were rounded, and what names the machine replaced.
    func document() throws -> String {
        var document = try #require(
            JSONSerialization.jsonObject(with: Data(try Golden.text("runs/\(rawValue).json").utf8)) as? [String: Any])
        let run = try #require((document["run"] as? [String: Any])?["id"] as? String)
        let events = try #require(document["events"] as? [[String: Any]])
        document["events"] = events.map { $0.merging(["runID": run]) { own, _ in own } }
        let trials = try #require(document["trials"] as? [[String: Any]])
        document["trials"] = try trials.map { try expanded($0, run: run) }
        let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try JSONSerialization.data(withJSONObject: document, options: options), as: UTF8.self)
    }

    private func expanded(_ part: [String: Any], run: String) throws -> [String: Any] {
        var trial = try #require(part["trial"] as? [String: Any])
        let id = try #require(trial["id"])
        trial["runID"] = run
        func rows(_ name: String) throws -> [[Any]] { try #require(part[name] as? [[Any]]) }
        return [
            "trial": trial,
            "samples": try rows("samples").map { row in
                ["trialID": id, "metric": row[0], "value": row[1], "censored": row.count > 2]
            },
            "histograms": try rows("histograms").map { row in
                ["trialID": id, "metric": row[0], "data": histogram(try #require(row[1] as? [Int]))]
            },
            "artifacts": try rows("artifacts").map { row in
                ["trialID": id, "name": row[0], "mediaType": row[1], "data": row[2]]
            },
        ]
    }

    /// Values and counts in turn.
    private func histogram(_ numbers: [Int]) -> String {
        let counts = stride(from: 0, to: numbers.count, by: 2).map { "[\(numbers[$0]),\(numbers[$0 + 1])]" }
        return #"{"unit":"ns","significantDigits":3,"counts":["# + counts.joined(separator: ",") + "]}"
    }

    /// The run as a report reads it, through a database.
    func load() throws -> RunData {
        let scratch = try Scratch()
        let store = try Store.open(at: scratch.path + "/results.sqlite")
        let document = try RunDocument(json: document()) { (document) throws(DocumentProblem) in
            try RunData.check(document)
        }
        return try RunData.load(store, runID: store.importRun(document))
    }

    /// A database that a program of the first version of the schema made: one run, and the metrics of all kinds.
    static func versionOne(in scratch: Scratch, mode: Store.Mode = .readWrite) throws -> Store {
        let path = scratch.path + "/version-1.sqlite"
        let url = try #require(Bundle.module.url(forResource: "Fixtures/version-1.database", withExtension: nil))
        try FileManager.default.copyItem(atPath: url.path, toPath: path)
        return try Store.open(at: path, mode: mode)
    }
}
