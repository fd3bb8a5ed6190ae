import Contract
import Foundation
import JSON
public import Results
import Statistics

extension RunData {
    /// Finds the first thing in a document that no report, picture or comparison could show.
    ///
    /// Whatever passes this and is imported can be shown in every format. Numbers have to stay where sums and ratios of
    /// them are numbers, too, and names where they fit into the names of files.
    ///
    /// - Throws: The problem with its path.
    public static func check(_ document: RunDocument) throws(DocumentProblem) {
        try DocumentCheck(document: document).check()
    }
}

/// What reports ask of a document before it is imported.
private struct DocumentCheck {
    let document: RunDocument

    /// As `metadata.name` of a resource may be long, and as all names of metrics and factors are shorter.
    private static let longestName = 63
    private static let longestUnit = 32
    /// Levels are words and sizes; this leaves room for what somebody may call a network.
    private static let longestLevel = 200
    private static let mostLevels = 200
    private static let mostFactors = 16
    private static let mostBlocks = 1_000_000
    /// Beyond a quadrillion quadrillion, and its reciprocal, nothing was measured, and squares leave the doubles.
    private static let largest = 1e30

    func check() throws(DocumentProblem) {
        try name(document.run.name, ["run", "name"])
        try name(document.run.kind, ["run", "kind"])
        try name(document.run.testbed, ["run", "testbed"])
        try design()
        var defined: Set<String> = []
        for (index, metric) in document.metrics.enumerated() {
            let path: [JSONPath.Step] = ["metrics", .index(index)]
            try name(metric.name, path + ["name"])
            try name(metric.id.subject, path + ["identity", "subject"])
            if let operation = metric.id.operation { try name(operation, path + ["identity", "operation"]) }
            if let position = metric.id.position { try name(position, path + ["identity", "position"]) }
            try text(metric.unit, atMost: Self.longestUnit, path + ["unit"])
            let change = metric.minimumRelevantChange
            try require(change <= 1e6, path + ["minimumRelevantChange"], "expected at most 1e6, found \(change)")
            defined.insert(metric.name)
        }
        for (index, part) in document.trials.enumerated() {
            try trial(part, ["trials", .index(index)], defined)
        }
    }

    // MARK: Trials

    private func trial(
        _ part: RunDocument.Trial,
        _ path: [JSONPath.Step],
        _ defined: Set<String>
    ) throws(DocumentProblem) {
        let (trial, place) = (part.trial, path + ["trial"])
        try require(trial.block <= Self.mostBlocks, place + ["block"], "expected at most \(Self.mostBlocks)")
        try require(trial.position <= Self.mostBlocks, place + ["position"], "expected at most \(Self.mostBlocks)")
        try require(!trial.variant.isEmpty, place + ["variant"], "it is empty")
        try require(
            trial.factors.count <= Self.mostFactors, place + ["factors"], "there are more than \(Self.mostFactors)")
        for (factor, level) in trial.factors.sorted(by: { $0.key < $1.key }) {
            try name(factor, place + ["factors"])
            try text(level, atMost: Self.longestLevel, place + ["factors", .name(factor)])
        }
        for (index, sample) in part.samples.enumerated() {
            let place = path + ["samples", .index(index)]
            try require(
                defined.contains(sample.metric), place + ["metric"],
                "there is no metric \(shown(sample.metric)) in the document"
            )
            try number(sample.value, place + ["value"])
        }
        for (index, histogram) in part.histograms.enumerated() {
            let place = path + ["histograms", .index(index)]
            try name(histogram.metric, place + ["metric"])
            do throws(HistogramFormatError) {
                _ = try LatencyHistogram(json: histogram.data)
            } catch {
                throw DocumentProblem(place + ["data"], "\(error)")
            }
        }
    }

    // MARK: The design

    private func design() throws(DocumentProblem) {
        let path: [JSONPath.Step] = ["run", "design"]
        let text = document.run.design
        guard !Design.isAbsent(text) else { return }
        let design: Design
        do {
            design = try JSONDecoder().decode(Design.self, from: Data(text.utf8))
        } catch let error as DecodingError {
            throw DocumentProblem(path, "the text in it is no design: \(words(for: error))")
        } catch {
            throw DocumentProblem(path, "the text in it is no design: \(error)")
        }
        func ask(_ condition: Bool, _ reason: @autoclosure () -> String) throws(DocumentProblem) {
            try require(condition, path, reason())
        }
        try ask(design.factors.count <= Self.mostFactors, "there are more than \(Self.mostFactors) factors")
        var levels: [String: [String]] = [:]
        for factor in design.factors {
            try name(factor.name, path)
            try ask(levels[factor.name] == nil, "the factor \(shown(factor.name)) is there twice")
            try ask(
                factor.levels.count <= Self.mostLevels,
                "the factor \(shown(factor.name)) has more than \(Self.mostLevels) levels"
            )
            try ask(
                Set(factor.levels).count == factor.levels.count,
                "the factor \(shown(factor.name)) has a level twice"
            )
            for level in factor.levels { try self.text(level, atMost: Self.longestLevel, path) }
            levels[factor.name] = factor.levels
        }
        let roles = [
            ("comparedFactor", design.compared),
            ("scaleFactor", design.scaleFactor),
        ]
        for case (let role, let name?) in roles {
            try ask(levels[name] != nil, "\(role) is \(shown(name)), and there is no such factor")
        }
        if let baseline = design.baseline {
            try ask(
                design.compared.flatMap { levels[$0] }?.contains(baseline) == true,
                "the baseline \(shown(baseline)) is no level of \(design.compared.map(shown) ?? "a compared factor")"
            )
        }
        for threshold in design.thresholds ?? [] {
            try name(threshold.metric, path)
            try number(threshold.limit, path)
        }
    }

    private func words(for error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): "\(way(context.codingPath + [key])) is missing"
        case .valueNotFound(_, let context), .typeMismatch(_, let context), .dataCorrupted(let context):
            context.codingPath.isEmpty
                ? said(context) : "\(way(context.codingPath)): \(said(context))"
        @unknown default: "\(error)"
        }
    }

    /// What the decoder says, without its full stop.
    private func said(_ context: DecodingError.Context) -> String {
        let words = context.debugDescription
        return words.hasSuffix(".") ? String(words.dropLast()) : words
    }

    private func way(_ keys: [any CodingKey]) -> String {
        JSONPath(keys.map { key in key.intValue.map { .index($0) } ?? .name(key.stringValue) }).description
    }

    // MARK: Values

    private func name(_ text: String, _ path: [JSONPath.Step]) throws(DocumentProblem) {
        try require(!text.isEmpty, path, "it is empty")
        try self.text(text, atMost: Self.longestName, path)
    }

    private func text(_ text: String, atMost limit: Int, _ path: [JSONPath.Step]) throws(DocumentProblem) {
        let length = text.unicodeScalars.count
        try require(length <= limit, path, "expected at most \(limit) characters, found \(length)")
    }

    private func number(_ value: Double, _ path: [JSONPath.Step]) throws(DocumentProblem) {
        let isPlain = value == 0 || (1 / Self.largest...Self.largest).contains(abs(value))
        try require(isPlain, path, "expected 0, or a number from 1e-30 to 1e30 with any sign, found \(value)")
    }

    private func shown(_ text: String) -> String { "\"\(Escape.oneLine(String(text.prefix(60))))\"" }

    private func require(
        _ condition: Bool,
        _ path: [JSONPath.Step],
        _ reason: @autoclosure () -> String
    ) throws(DocumentProblem) {
        guard condition else { throw DocumentProblem(path, reason()) }
    }
}
