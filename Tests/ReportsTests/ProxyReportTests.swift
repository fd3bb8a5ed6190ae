import Contract
import Foundation
import Results
import Statistics
import Testing

@testable import Reports

@Suite("the report of service proxies at scale")
struct ProxyReportTests {
    let model = ProxyRun.model

    @Test("a hundred metrics make a dozen pictures, the answer first")
    func catalogue() {
        let names = ProxyRun.charts.map { $0.name.replacing("proxies-", with: "") }
        #expect(
            names == [
                "connect_p50-by-services", "connect_p99-by-services", "established_p50-by-services",
                "connection_rate-by-services", "wall-by-services", "visible-by-services", "connect-percentiles",
                "churn-timeline", "program-by-services", "churn-by-services", "effects", "trials",
            ])
        let stale = StalePictures(stem: "proxies")
        #expect(ProxyRun.charts.allSatisfy { stale.isPictureName($0.name + ".png") })
    }

    @Test("positions are panels of one page with one axis, random first")
    func positions() throws {
        let page = try #require(CurvePages(model).leading.first)
        #expect(page.panels.map(\.label) == ["random", "first", "middle", "last"] && page.isShared)
        let chart = try #require(ProxyRun.charts.first)
        let ranges = chart.script.components(separatedBy: "\n").filter { $0.hasPrefix("set yrange") }
        #expect(ranges.count == 4 && Set(ranges).count == 1)
    }

    @Test("operations are panels of one page, and only the first is shown in its parts")
    func operations() throws {
        let pages = CurvePages(model)
        #expect(pages.operations.map(\.slug) == ["wall", "visible"])
        #expect(
            pages.operations[0].panels.map(\.label) == [
                "program", "add one", "delete one", "change endpoint", "restart", "read back",
            ])
        let parts = try #require(pages.details.first { $0.slug == "program" })
        #expect(
            parts.panels.map(\.label) == [
                "planner", "loader user", "loader system", "lock wait", "peak memory", "kernel memory",
            ])
    }

    @Test("every metric stands on one page at most")
    func once() {
        let pages = CurvePages(model)
        let names = (pages.leading + pages.operations + pages.details + pages.others).flatMap(\.panels)
            .map(\.set.metric.name)
        #expect(Set(names).count == names.count && names.count > 30)
        #expect(!names.contains("connect_random_p999") && !names.contains("restart_planner"))
    }

    @Test("published numbers stand beside the metric, position and modes that they are about")
    func published() throws {
        let random = try #require(ProxyRun.metrics.first { $0.name == "connect_random_p99" })
        let points = PublishedPoint.all(model, metric: random)
        #expect(points.map(\.source.name) == ["iptables", "iptables", "nftables", "nftables"])
        #expect(points.map(\.value) == [156e-6, 262e-6, 37e-6, 37e-6] && points[1].source.size == 10_000)
        for other in ["connect_last_p99", "connect_random_p999", "established_p50"] {
            let metric = try #require(ProxyRun.metrics.first { $0.name == other })
            #expect(PublishedPoint.all(model, metric: metric).isEmpty)
        }
        let chart = try #require(ProxyRun.charts.first)
        #expect(Reading.words(chart.script).contains("iptables, published (kubernetes.io, 2025-02)"))
        #expect(chart.script.contains("$published0 using 1:2 with points pt 8"))
    }

    @Test(
        "variants of a mode compare with the published mode, and others with none",
        arguments: [
            ("iptables-nft", "iptables"), ("iptables-legacy", "iptables"), ("nftables", "nftables"),
            ("nftables-endpoint-chains", "nftables"), ("ipvs", nil), ("none", nil),
        ] as [(String, String?)]
    )
    func matches(level: String, mode: String?) {
        let found = PublishedLatency.all.filter { $0.levels.contains(level) }.map(\.name)
        #expect(Set(found) == Set([mode].compactMap(\.self)))
    }

    @Test("the percentile picture is of the largest size, and has published lines only where the sizes are equal")
    func percentiles() throws {
        let page = try #require(PercentilePage.all(model).first)
        #expect(page.base == MetricID("connect") && page.ranks == [1, 50, 90, 99, 99.9] && page.size.text == "10000")
        #expect(page.panels.map(\.title) == ["random", "first", "middle", "last"])
        #expect(page.panels.map(\.published.count) == [2, 0, 0, 0])
        var fewer = ProxyRun.run(sizes: ["1", "10", "100"])
        fewer.metrics.removeAll { $0.id.position == nil }
        let small = ReportModel(fewer)
        let other = try #require(PercentilePage.all(small).first)
        #expect(other.size.text == "100" && other.panels.allSatisfy(\.published.isEmpty))
        #expect(PercentilePage.all(SampleRun.model).isEmpty)
    }

    @Test("timelines are of the largest size, a panel a mode, and the trial in the middle by failures")
    func timelines() throws {
        let page = try #require(TimelinePage(model))
        #expect(page.size?.text == "10000")
        #expect(page.panels.map(\.level) == ["iptables-legacy", "iptables-nft", "nftables", "ipvs"])
        #expect(page.panels.map(\.trials) == [6, 5, 6, 6])
        let all = model.run.trials.filter { $0.factors == ["proxy": "ipvs", "services": "10000"] }
            .compactMap(\.timeline?.failed).sorted()
        #expect(page.panels[3].timeline.failed == all[2])
        #expect(TimelinePage(SampleRun.model) == nil)
    }

    @Test("the page holds the answer before the pictures, and the verdicts after them")
    func order() throws {
        let html = Report.render(.html, ProxyRun.standard)
        let places = [
            "<h3>Capacity", "<h3>Crossovers", "<h3>Cost of one more of services", "<h3>Growth", "<h2>Verdicts",
        ]
        .map { html.range(of: $0)?.lowerBound }
        #expect(places.allSatisfy { $0 != nil })
        #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
    }

    @Test("rates are drawn over a second factor of numbers: pods per second by concurrency")
    func secondScale() throws {
        let charts = ChartCatalogue.charts(PodRun.model)
        let rates = try #require(charts.first { $0.name == "plugins-pods_per_second-by-concurrency" })
        #expect(
            rates.title == "Pods per second by concurrency"
                && Reading.words(rates.script).contains("\"lifecycle · pods 200\""))
        #expect(charts.first?.name == "plugins-latency_p50-by-pods" && charts.count <= 12)
        #expect(charts.contains { $0.name.hasPrefix("plugins-latency-cdf-lifecycle-pods-200") })
    }
}
