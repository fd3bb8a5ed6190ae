import Contract
import Foundation
import Quantities
import Results
import Statistics

/// Everything that a report says, for programs: keys sorted, numbers in base units.
enum JSONReport {
    static func document(_ models: [ReportModel]) -> String {
        encode(models.map(Document.init))
    }

    /// JSON with sorted keys; numbers that JSON cannot hold become the strings `inf`, `-inf` and `nan`.
    static func encode(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan"
        )
        // Encoding plain values cannot fail with the strategy above.
        guard let data = try? encoder.encode(value) else { return "null\n" }
        return VisibleText.json(String(decoding: data, as: UTF8.self)) + "\n"
    }

    private struct Document: Encodable {
        let run: RunHead
        let environment: [String: String]
        let notes: [String]
        let measurements: [Measurement]
        let comparisons: [ComparisonPart]
        let failures: [Failure]
        let rerun: String
        /// Absent, not empty, in runs that have none.
        let growth: [CurveJSON.GrowthPart]?
        let crossovers: [CurveJSON.PairPart]?
        let capacities: [CurveJSON.CapacityPart]?
        let standings: [StandingJSON.Part]?
        let conformance: [ConformanceFinding]?
        let findings: [PlacedFinding]?
        let spans: [PlacedSpan]?
        let steps: [StepPart]?

        init(_ model: ReportModel) {
            run = RunHead(model.run)
            environment = model.run.environment
            notes = model.notes
            measurements = model.cells.map { Measurement($0, layout: model.layout) }
            comparisons = model.comparisons.map(ComparisonPart.init)
            failures = model.failures.map {
                Failure(
                    trial: $0.id, factors: $0.factors, block: $0.block, outcome: $0.outcome.rawValue, reason: $0.reason)
            }
            rerun = model.rerunCommand
            growth = model.allCurveSets.isEmpty ? nil : CurveJSON.growth(model)
            crossovers = model.allCurveSets.isEmpty ? nil : CurveJSON.crossovers(model)
            capacities = model.capacities.isEmpty ? nil : CurveJSON.capacities(model)
            let ranked = StandingJSON.parts(model)
            standings = ranked.isEmpty ? nil : ranked
            conformance = model.conformance.isEmpty ? nil : model.conformance
            findings = model.findings.isEmpty ? nil : model.findings
            spans = model.spans.isEmpty ? nil : model.spans
            steps = model.run.steps.isEmpty ? nil : model.run.steps.map(StepPart.init)
        }
    }

    private struct StepPart: Encodable {
        let step: String
        let run: RunHead
        let start, end: Double

        init(_ part: RunData.Step) {
            step = part.name
            run = RunHead(part.run)
            start = part.start
            end = part.end
        }
    }

    private struct RunHead: Encodable {
        let id, kind, name, testbed, seed, startedAt: String
        let endedAt: String?
        let outcome, toolVersion: String
        let labels: [String: String]

        init(_ run: RunData) {
            id = run.id
            kind = run.kind
            name = run.name
            testbed = run.testbed
            // A JSON number cannot hold all 64 bits in every reader.
            seed = String(run.seed)
            startedAt = run.startedAt
            endedAt = run.endedAt
            outcome = run.outcome.rawValue
            toolVersion = run.toolVersion
            labels = run.labels
        }
    }

    private struct Measurement: Encodable {
        let metric, unit: String
        let factors: [String: String]
        let median: Double?
        let interval: Interval?
        let values: [Double]
        let censored, trials: Int
        let missing: String?

        init(_ cell: Cell, layout: FactorLayout) {
            metric = cell.metric.name
            unit = cell.metric.unit
            factors = layout.factors(facet: cell.facet, panel: cell.panel, level: cell.level)
            median = cell.median
            interval = cell.interval
            values = cell.values
            censored = cell.censored
            trials = cell.trials
            missing = cell.lossText
        }
    }

    private struct ComparisonPart: Encodable {
        let base, candidate: String
        let geometricMean: Double?
        let results: [Comparison]

        init(_ comparison: LevelComparison) {
            base = comparison.base
            candidate = comparison.candidate
            geometricMean = comparison.geometricMean
            results = comparison.rows.map(\.result)
        }
    }

    private struct Failure: Encodable {
        let trial: String
        let factors: [String: String]
        let block: Int
        let outcome: String
        let reason: String?
    }
}
