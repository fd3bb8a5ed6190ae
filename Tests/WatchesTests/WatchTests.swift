import Contract
import Testing

@testable import Watches

/// A network of thirty nodes with a service and a resolver, and faults in it.
@Suite struct WatchTests {
    static let map = WatchMap.mesh(
        nodes: 30, degree: 6,
        services: [
            WatchMap.Service(name: "web", nodes: [1, 2, 3, 4]),
            WatchMap.Service(name: "names", nodes: [5, 6], isResolver: true),
        ])

    private static func edge(_ node: Int) -> (Int, Int) {
        let names = map.nodes
        let other = Neighbourhood(of: names, degree: 6).neighbours[node][0]
        return (node, other)
    }

    static let link = Cause(.loss, at: .link(from: edge(20).0, to: edge(20).1))

    static let faults: [ModelFault] = [
        ModelFault(Cause(.loss, at: .node(10, .both))),
        ModelFault(Cause(.loss, at: .node(11, .both)), share: 0.2),
        ModelFault(Cause(.loss, at: .node(12, .out))),
        ModelFault(link),
        ModelFault(Cause(.loss, at: .link(from: edge(21).1, to: edge(21).0)), share: 0.4),
        ModelFault(Cause(.loss, at: .pair(min(edge(22).0, edge(22).1), max(edge(22).0, edge(22).1)))),
        ModelFault(Cause(.mtu, at: .link(from: edge(23).0, to: edge(23).1))),
        ModelFault(Cause(.mtu, at: .node(24, .both))),
        ModelFault(Cause(.latency, at: .node(25, .out))),
        ModelFault(Cause(.latency, at: .link(from: edge(26).0, to: edge(26).1))),
        ModelFault(Cause(.loss, at: .service(0))),
        ModelFault(Cause(.loss, at: .service(1)), share: 0.5),
        // An endpoint's node: the services behind it suffer, and are not at fault.
        ModelFault(Cause(.loss, at: .node(2, .both))),
    ]

    @Test(arguments: faults) func nameTheFaultAndItsEnd(_ fault: ModelFault) throws {
        var network = ModelNetwork(Self.map, seed: 7)
        var watch = Watch(Self.map)
        for index in 0..<14 {
            let active = (5..<10).contains(index) ? [fault] : []
            watch.take(network.windows(at: index, faults: active), index: index)
        }
        let finding = try #require(watch.findings.first)
        #expect(watch.findings.count == 1)
        #expect(FaultScore.isSame(finding.cause, fault.cause))
        #expect(finding.began == 5)
        #expect((6...7).contains(finding.opened))
        #expect(finding.ended == 9)
        #expect(finding.evidence.failures > 0 && finding.evidence.failing <= finding.evidence.checks)
    }

    @Test func tellTwoFaultsApart() {
        var network = ModelNetwork(Self.map, seed: 9)
        var watch = Watch(Self.map)
        let faults = [Self.faults[0], Self.faults[3], Self.faults[9]]
        for index in 0..<9 { watch.take(network.windows(at: index, faults: index < 5 ? [] : faults), index: index) }
        #expect(Set(watch.open.map(\.cause.tracked)) == Set(faults.map(\.cause.tracked)))
    }

    @Test func findNothingWhereNothingIsWrong() {
        var network = ModelNetwork(Self.map, noise: 0.0005, seed: 3)
        var watch = Watch(Self.map)
        for index in 0..<20 { watch.take(network.windows(at: index), index: index) }
        #expect(watch.findings.isEmpty)
        #expect(watch.latest == 19)
    }

    @Test func tellTheWayByWhatBothEndsCounted() throws {
        var network = ModelNetwork(Self.map, seed: 5)
        var watch = Watch(Self.map)
        for index in 0..<8 { watch.take(network.windows(at: index, faults: [ModelFault(Self.link)]), index: index) }
        let finding = try #require(watch.open.first)
        #expect(finding.cause == Self.link)
        #expect(Self.map.words(for: finding.cause.seat).name.contains("→"))
    }

    @Test func keepAFindingWhileNobodyReports() {
        var network = ModelNetwork(Self.map, seed: 5)
        var watch = Watch(Self.map)
        for index in 0..<6 { watch.take(network.windows(at: index, faults: [ModelFault(Self.link)]), index: index) }
        for index in 6..<20 { watch.take([], index: index) }
        #expect(watch.open.map(\.cause) == [Self.link])
    }
}
