import Contract
import Quantities
import Resources
import Testbed
import Testing
import Watches

@testable import Experiments

@Suite("A watch is planned from its spec, and read from its windows")
struct NetworkProblemDetectorTests {
    private static func layout(
        expect: [NetworkProblemDetector.Expectation] = [], checks: [CheckKind] = [.udp, .tcp]
    ) -> DetectorLayout {
        DetectorLayout(
            spec: .init(nodes: 3, podsPerNode: 1, checks: checks, duration: .seconds(60), expect: expect))
    }

    @Test("nodes stand before pods, and everybody checks the others' places")
    func plan() {
        let layout = Self.layout(checks: [.udp, .service, .dns])
        #expect(layout.map.spots.map(\.name) == ["node0", "node1", "node2", "node0/pod0", "node1/pod0", "node2/pod0"])
        #expect(layout.places.last == .pod(0, on: 2, of: "bridge"))
        #expect(layout.topology.networks.first?.podsOnNode == [1, 1, 1])
        // From each node to 2 nodes and 2 pods, from each pod to 2 pods, a service and a resolver.
        #expect(layout.map.checks.count == 3 * (2 + 2 + 2 + 2))
        #expect(layout.map.services.map(\.nodes) == [[0, 1, 2], [0, 1, 2]])
        #expect(layout.map.services.map(\.spots) == [[3, 4, 5], [3, 4, 5]])
        #expect(layout.windows == 12)
        let probe = layout.probe(at: 3, Array(repeating: IPAddress(10, 0, 0, 1), count: 6), start: 5)
        #expect(probe.checks.map(\.kind) == [.udp, .udp, .service, .dns])
        #expect(probe.checks.map(\.port) == [12_990, 12_990, 80, 53])
        #expect(probe.checks.last?.address == IPAddress(10, 96, 0, 11))
        #expect(throws: Never.self) { try probe.validate() }
    }

    @Test("services stand on every node, with every pod behind them")
    func standIns() {
        let addresses = (1...6).map { IPAddress(10, 0, 0, UInt8($0)) }
        let placed = Self.layout(checks: [.dns]).standIns(addresses)
        #expect(placed.map(\.place) == (0..<3).map { .node($0, of: "bridge") })
        let standIn = placed.first?.condition as? StandIn
        #expect(standIn?.services.first?.endpoints == Array(addresses[3...]))
        #expect(standIn?.services.first?.transport == .udp)
        #expect(Self.layout().standIns(addresses).isEmpty)
    }

    private static func record(_ layout: DetectorLayout, _ faults: [ModelFault]) throws -> DetectorRecord {
        var network = ModelNetwork(layout.map, seed: 4)
        var record = DetectorRecord(windows: layout.windows)
        for index in 0..<layout.windows {
            for window in network.windows(at: index, faults: (4..<8).contains(index) ? faults : []) {
                #expect(record.take(try window.json()))
            }
        }
        return record
    }

    private static let loss = ModelFault(Cause(.loss, at: .link(from: 0, to: 1)))

    @Test("nothing wrong passes")
    func quiet() throws {
        let layout = Self.layout()
        let measurement = try DetectorReading(layout: layout, record: try Self.record(layout, []), lead: 2)
            .measurement()
        let finding = try #require(measurement.events.first.map { try Finding(json: $0.detail) })
        #expect(finding.found == "nothing wrong" && finding.verdict == .passed)
        #expect(measurement.events.count == 1 && measurement.spans.isEmpty)
        #expect(measurement.value(of: "watch_findings") == 0)
        #expect(measurement.series.allSatisfy { $0.points.count == 12 })
    }

    @Test("what was expected passes, what was not fails, and what is missing fails")
    func verdicts() throws {
        let expected = Self.layout(expect: [.init(.loss, at: "node0 -> node1"), .init(.mtu, at: "node2")])
        let record = try Self.record(expected, [Self.loss])
        let measurement = try DetectorReading(layout: expected, record: record, lead: 2).measurement()
        let findings = try measurement.events.map { try Finding(json: $0.detail) }
        #expect(findings.map(\.verdict) == [.passed, .failed])
        #expect(findings.map(\.found) == ["loss at node0 -> node1", "nothing there"])
        let span = try #require(measurement.spans.first)
        #expect(span.place == "node0 → node1" && span.name == "loss")
        #expect(span.start == 22 && span.end == 42)
        let unexpected = try DetectorReading(layout: Self.layout(), record: record, lead: 2).measurement()
        let other = try #require(unexpected.events.first.map { try Finding(json: $0.detail) })
        #expect(other.found == "loss at the link node0 → node1" && other.verdict == .failed)
    }

    @Test("pairs, status and observations are kept as they are")
    func artifacts() throws {
        let layout = Self.layout()
        let measurement = try DetectorReading(layout: layout, record: try Self.record(layout, [Self.loss]), lead: 2)
            .measurement()
        let texts = Dictionary(uniqueKeysWithValues: measurement.artifacts.map { ($0.name, $0.text) })
        #expect(texts.count == 5)
        let rows = try #require(texts["watch-pairs.csv"]).split(separator: "\n")
        #expect(rows.first == "source,target,sent,lost,median_seconds")
        #expect(rows.count == 1 + 3 * (2 + 2 + 2))
        #expect(texts[WatchStatus.artifact]?.contains(#""reason":"LossBegan""#) == true)
        let tables = try PairTable.all(json: #require(texts[PairTable.artifact]))
        #expect(tables.map(\.name) == ["failed checks", "median round trip"])
        #expect(tables[0].entries.count == 3 * (2 + 2 + 2))
        // All of the four windows of twelve in which the link lost everything.
        func lost(_ target: String) -> Double? {
            tables[0].entries.first { $0.source == "node0" && $0.destination == target }?.value
        }
        #expect(abs(try #require(lost("node1")) - 4.0 / 12) < 0.01)
        #expect(try #require(lost("node2")) < 0.01)
        let plan = try WatchPlan(json: #require(texts[WatchPlan.artifact]))
        #expect(plan.map == layout.map && plan.rules == layout.rules && plan.windowNanoseconds == 5_000_000_000)
        // Three quarters of the time-out of 400 ms.
        #expect(plan.rules.agentLateness == 300_000_000)
        let lines = try #require(texts["watch-windows.jsonl"]).split(separator: "\n")
        #expect(lines.count == 12 * 6)
        #expect(throws: Never.self) { try AgentWindow(json: String(lines[0])) }
    }

    @Test("a watch that ends early has the windows that every agent has closed, and finds what was wrong in them")
    func early() throws {
        let layout = Self.layout()
        var record = try Self.record(layout, [])
        let whole = record.byIndex.count
        #expect(record.byIndex.allSatisfy { $0.count == layout.places.count })
        // One agent was stopped before the others had closed theirs.
        record.keepWindows(seenBy: layout.places.count)
        #expect(record.byIndex.count == whole)
        let line = try #require(record.lines.last)
        var later = DetectorRecord(windows: layout.windows)
        for line in record.lines.dropLast() {
            let isTaken = later.take(line)
            #expect(isTaken)
        }
        later.keepWindows(seenBy: layout.places.count)
        #expect(later.byIndex.count == (try AgentWindow(json: line)).index)
        let measured = try DetectorReading(layout: layout, record: later, lead: 2).measurement()
        #expect(measured.spans.isEmpty && !measured.samples.isEmpty)
    }

    @Test("a watch without a window is no watch")
    func silence() {
        #expect(throws: TrialFailure.self) {
            try DetectorReading(layout: Self.layout(), record: DetectorRecord(windows: 12), lead: 2).measurement()
        }
    }
}
