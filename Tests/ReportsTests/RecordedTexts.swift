import Contract
import Digests
import Foundation
import Statistics

@testable import Reports

/// Everything that reports write about a run: every format, and the script and the words of every picture.
struct RecordedTexts {
    /// Names and texts; pictures in the order of the report.
    let texts: [(name: String, text: String)]

    init(_ run: RunData) {
        let model = ReportModel(run)
        let charts = ChartCatalogue.charts(model)
        // Pictures that a report would make if it had no limit are chosen by the same rules.
        let further = model.layout.scale.map { scale in
            ScaleCatalogue(model: model, scale: scale, stem: "further").charts.dropFirst(charts.count)
        }
        texts =
            ReportFormat.allCases.map { ("report.\($0.rawValue)", Report.render($0, [model], pictures: [])) }
            + (charts + (further ?? [])).map { chart in
                (chart.name + ".gp", "# \(chart.title)\n# \(chart.description)\n" + chart.commands)
            } + Self.comparison(of: run)
    }

    /// The digest and the name of each text, a line each.
    var listing: String { texts.map { "\(SHA256Digest(of: $0.text))  \($0.name)\n" }.joined() }

    /// Puts all texts into a directory, for those who want to see what differs.
    func write(to directory: String) throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        for (name, text) in texts {
            try text.write(toFile: "\(directory)/\(name)", atomically: true, encoding: .utf8)
        }
    }

    /// The run against one that did not measure its first block, and every time of which was a little longer.
    private static func comparison(of run: RunData) -> [(name: String, text: String)] {
        var candidate = run
        candidate.id += "-later"
        candidate.trials.removeAll { $0.block == 0 }
        for index in candidate.trials.indices {
            candidate.trials[index].id += "-later"
            candidate.trials[index].samples = candidate.trials[index].samples.mapValues { samples in
                samples.map { .init(value: $0.value * 1.07, censored: $0.censored) }
            }
        }
        let comparison = RunComparison(base: run, candidate: candidate)
        let table = ([comparison.header] + comparison.textRows).map { $0.joined(separator: "\t") + "\n" }.joined()
        return ReportFormat.allCases.compactMap { format in
            comparison.render(format).map { ("comparison.\(format.rawValue)", $0) }
        } + [("comparison.txt", table)]
    }
}
