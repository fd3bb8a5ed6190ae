import Contract
import JSON

extension RunDocument {
    /// Refuses documents whose parts do not belong together, or that break a rule of the schema.
    func validate() throws(DocumentProblem) {
        try Self.require(Self.isIdentifier(run.id), ["run", "id"], "expected 1 to 64 letters, digits, dots, _ and -")
        try Self.requireJSON(run.resource, ["run", "resource"])
        try Self.requireJSON(run.design, ["run", "design"])
        if let parent = run.parent {
            let place: [JSONPath.Step] = ["run", "parent"]
            try Self.require(
                Self.isIdentifier(parent.id), place + ["id"], "expected 1 to 64 letters, digits, dots, _ and -")
            try Self.require(!parent.step.isEmpty, place + ["step"], "expected the name of a step")
        }
        try validateMetrics()
        var trialIDs: Set<String> = []
        for (index, part) in trials.enumerated() {
            let path: [JSONPath.Step] = ["trials", .index(index)]
            let (id, place) = (part.trial.id, path + ["trial"])
            try Self.require(trialIDs.insert(id).inserted, place + ["id"], "the trial \(id) occurs twice")
            try Self.require(Self.isIdentifier(id), place + ["id"], "expected 1 to 64 letters, digits, dots, _ and -")
            let owner = part.trial.runID
            try Self.require(owner == run.id, place + ["runID"], "it belongs to the run \(owner)")
            try Self.require(part.trial.block >= 0, place + ["block"], "expected 0 or more, found \(part.trial.block)")
            let position = part.trial.position
            try Self.require(position >= 0, place + ["position"], "expected 0 or more, found \(position)")
            let hasReason = part.trial.outcome == .completed || part.trial.reason?.isEmpty == false
            try Self.require(hasReason, place + ["reason"], "a trial that did not complete has a reason")
            try Self.requireOwner(part.samples.map(\.trialID), id, path + ["samples"])
            try Self.requireOwner(part.histograms.map(\.trialID), id, path + ["histograms"])
            try Self.requireOwner(part.artifacts.map(\.trialID), id, path + ["artifacts"])
            for (number, histogram) in part.histograms.enumerated() {
                try Self.requireJSON(histogram.data, path + ["histograms", .index(number), "data"])
            }
        }
        for (index, event) in events.enumerated() {
            let place: [JSONPath.Step] = ["events", .index(index), "runID"]
            try Self.require(event.runID == run.id, place, "it belongs to the run \(event.runID)")
        }
    }

    private func validateMetrics() throws(DocumentProblem) {
        var names: Set<String> = []
        for (index, metric) in metrics.enumerated() {
            let place: [JSONPath.Step] = ["metrics", .index(index)]
            try Self.require(names.insert(metric.name).inserted, place + ["name"], "\(metric.name) occurs twice")
            let change = metric.minimumRelevantChange
            try Self.require(
                change >= 0, place + ["minimumRelevantChange"], "expected 0 or more, found \(change)")
            if let percentile = metric.id.percentile {
                try Self.require(
                    (0...100).contains(percentile), place + ["identity", "percentile"],
                    "expected 0 to 100, found \(percentile)"
                )
            }
        }
    }

    private static func requireOwner(
        _ owners: [String],
        _ trial: String,
        _ path: [JSONPath.Step]
    ) throws(DocumentProblem) {
        guard let index = owners.firstIndex(where: { $0 != trial }) else { return }
        throw DocumentProblem(path + [.index(index), "trialID"], "it belongs to another trial, \(owners[index])")
    }

    private static func requireJSON(_ text: String, _ path: [JSONPath.Step]) throws(DocumentProblem) {
        do throws(JSONError) {
            try JSONReader.read(Array(text.utf8)) { (reader) throws(JSONError) in try reader.skip() }
        } catch {
            throw DocumentProblem(path, "the text in it is not JSON: \(error)")
        }
    }

    private static func isIdentifier(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    private static func require(
        _ condition: Bool,
        _ path: [JSONPath.Step],
        _ reason: @autoclosure () -> String
    ) throws(DocumentProblem) {
        guard condition else { throw DocumentProblem(path, reason()) }
    }
}
