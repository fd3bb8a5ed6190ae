import Contract
import Foundation
import Results
import Testing

@testable import Reports

@Suite("a kind that nobody knows is shown by what it measured")
struct UnknownKindTests {
    static let run = VehicleRun.run()
    static let model = ReportModel(run)
    static let charts = ChartCatalogue.charts(model)

    @Test("its pictures are those of any kind")
    func catalogue() {
        #expect(
            Self.charts.map { $0.name.replacing("race-", with: "") } == [
                "delay_p50-by-distance", "delay_p99-by-distance", "price-by-distance", "takes-by-distance",
                "delay-percentiles", "churn-timeline", "load-by-distance", "party-by-distance", "effects", "trials",
                "others-by-distance",
            ])
    }

    @Test("panels are positions and operations, in words of what is measured")
    func panels() throws {
        let pages = CurvePages(Self.model)
        func labels(_ pages: [CurvePage], _ slug: String) throws -> [String] {
            try #require(pages.first { $0.slug == slug }).panels.map(\.label)
        }
        #expect(
            try labels(pages.leading, "delay_p50") == [
                "random · flat", "random · hilly", "kerb · flat", "kerb · hilly",
            ])
        #expect(
            try labels(pages.operations, "takes")
                == ["load", "refuel", "unload"].flatMap { ["\($0) · flat", "\($0) · hilly"] })
        #expect(
            try labels(pages.details, "load") == [
                "crew time · flat", "crew time · hilly", "fuel · flat", "fuel · hilly",
            ])
        #expect(
            try labels(pages.details, "party")
                == ["guests", "songs", "talk p50"].flatMap { ["\($0) · flat", "\($0) · hilly"] })
        #expect(
            try labels(pages.others, "others")
                == ["Colour · flat", "Colour · hilly"])
        let percentiles = try #require(PercentilePage.all(Self.model).first)
        #expect(percentiles.base == MetricID("delay") && percentiles.ranks == [50, 90, 99])
        #expect(percentiles.panels.first?.title == "random · flat" && percentiles.panels.last?.title == "kerb · hilly")
    }

    @Test("its tables say its own words: limits, findings and verdicts")
    func tables() throws {
        #expect(Self.model.capacities.map(\.metric.id) == [MetricID("price"), MetricID("price")])
        #expect(ConformanceTables.deviations(Self.model).header == ["Check", "Vehicle", "Expected", "Found"])
        let markdown = Report.render(.markdown, Self.run)
        for words in ["## Capacity", "## Cost of one more of distance", "## Conformance", "car against bike"] {
            #expect(markdown.contains(words), "\(words)")
        }
    }

    @Test("nothing in the sources of reports names a kind, a factor, a mode or a metric")
    func sources() throws {
        let place = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("../../Sources/Reports").standardized
        let names = try #require(FileManager.default.enumerator(atPath: place.path)?.allObjects as? [String])
        let sources = try names.filter { $0.hasSuffix(".swift") }.map {
            ($0, try String(contentsOf: place.appendingPathComponent($0), encoding: .utf8))
        }
        #expect(sources.count > 60)
        let quoted =
            [
                "network", "path", "test", "family", "message_size", "pods", "concurrency", "proxy",
                "services", "endpoints", "iptables", "nftables",
            ] + MetricCatalogue.all.map(\.name).filter { $0.contains("_") }
        let plain = ["CNIBenchmark", "CNIPerformance", "NetworkScalability", "ProbeMetrics", "CNIMetrics", "ServiceM"]
        for (name, text) in sources {
            let found = (quoted.map { "\"\($0)\"" } + plain).filter { text.contains($0) }
            #expect(found.isEmpty, "\(name)")
        }
    }
}
