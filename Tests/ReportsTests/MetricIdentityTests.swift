import Contract
import Foundation
import Results
import Testing

@testable import Reports

@Suite("metrics are what they measure")
struct MetricIdentityTests {
    @Test(
        "a name is made of operation, subject, position and percentile",
        arguments: [
            (MetricID("connect", at: "random", percentile: 99.9), "connect_random_p999"),
            (MetricID("connect", at: "last", percentile: 1), "connect_last_p01"),
            (MetricID("latency", of: "add", percentile: 50), "add_latency_p50"),
            (MetricID("wall", of: "add_one"), "add_one_wall"), (MetricID("throughput"), "throughput"),
        ]
    )
    func names(id: MetricID, name: String) {
        #expect(id.name == name && MetricCatalogue.id(of: name) == id)
    }

    @Test("each name of the catalogues stands for one metric, and is made of what it measures")
    func catalogues() {
        let all = MetricCatalogue.all
        #expect(Set(all.map(\.name)).count == all.count && Set(all.map(\.id)).count == all.count)
        for metric in all { #expect(metric.name == metric.id.name) }
        #expect(MetricCatalogue.id(of: "of_nobody_p50") == MetricID("of_nobody_p50"))
    }

    @Test("the names of a database of the first version are those of the catalogues")
    func versionOne() throws {
        let scratch = try Scratch()
        let metrics = try RecordedRun.versionOne(in: scratch).metrics()
        #expect(metrics.count == 144)
        let machine = ["machine_busy", "machine_stolen"]
        let unknown = Set(metrics.map(\.name)).subtracting(MetricCatalogue.all.map(\.name))
        #expect(unknown == Set(machine))
        for metric in metrics { #expect(metric.id == MetricCatalogue.id(of: metric.name)) }
    }

    @Test("what metrics have in common is known from their parts")
    func groups() {
        let id = MetricID("connect", of: "churn", at: "random", percentile: 99)
        #expect(id.distribution == MetricID("connect", of: "churn", at: "random"))
        #expect(id.family == MetricID("connect", of: "churn", percentile: 99))
        #expect(id.base == MetricID("connect", of: "churn"))
        #expect(id.operationWords == "churn" && id.subjectWords == "connect random p99")
        #expect(MetricID("peak_memory").operationWords == "peak memory")
        #expect(id.positionRank < MetricID("a", at: "first").positionRank)
        #expect(MetricID("a", at: "elsewhere").positionRank > MetricID("a", at: "last").positionRank)
    }
}
