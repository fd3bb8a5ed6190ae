import Contract
import Testing

@testable import Watches

/// What kernels say of themselves.
@Suite struct LocalCauseTests {
    private let map = WatchMap.mesh(nodes: 4, degree: 4)

    private func windows(_ index: Int, _ reading: NodeReading) -> [AgentWindow] {
        (0..<4).map {
            AgentWindow(
                place: $0, index: index, checks: [],
                reading: $0 == 2 ? reading : NodeReading(trackedLimit: 1_000, mtus: ["eth0": 1_500]))
        }
    }

    @Test(arguments: [
        (NodeReading(trackedConnections: 950, trackedLimit: 1_000), NetworkFault.conntrackFull, "950 of 1000"),
        (NodeReading(linkDrops: ["eth0": 80]), .linkDrops, "eth0 dropped 80"),
        (NodeReading(listenOverflows: 3), .listenOverflow, "3 connections"),
        (NodeReading(backlogDrops: 4), .backlogDrops, "4 packets"),
        (NodeReading(mtus: ["eth0": 1_400]), .mtuMismatch, "1400, and 1500 elsewhere"),
        (NodeReading(missingRoutes: ["10.0.0.1"]), .missingRoute, "10.0.0.1"),
    ]) func openAndClose(_ reading: NodeReading, _ fault: NetworkFault, _ words: String) {
        var watch = Watch(map)
        for index in 0..<10 {
            let now = (2..<5).contains(index) ? reading : NodeReading(mtus: ["eth0": 1_500])
            watch.take(windows(index, now), index: index)
        }
        #expect(watch.closed.map(\.cause) == [Cause(fault, at: .spot(2))])
        #expect(watch.closed.first?.began == 2 && watch.closed.first?.opened == 3 && watch.closed.first?.ended == 4)
        #expect(watch.closed.first?.words(on: map).contains(words) == true)
    }

    @Test func aSingleWindowIsNoFinding() {
        var watch = Watch(map)
        for index in 0..<9 {
            watch.take(windows(index, NodeReading(listenOverflows: index == 4 ? 1 : 0)), index: index)
        }
        #expect(watch.findings.isEmpty)
    }

    @Test func statusIsOfTheLatestAndEventsAreOfAll() throws {
        var watch = Watch(map)
        for index in 0..<20 {
            let isFull = (2..<6).contains(index) || index >= 15
            watch.take(windows(index, NodeReading(listenOverflows: isFull ? 1 : 0)), index: index)
        }
        let status = WatchStatus(watch, windowSeconds: 2)
        #expect(status.conditions.map(\.status) == ["True"])
        #expect(status.conditions.map(\.lastTransition) == [34])
        #expect(status.events.map(\.reason) == ["ListenOverflowBegan", "ListenOverflowEnded", "ListenOverflowBegan"])
        #expect(status.events.map(\.at) == [8, 12, 34])
        #expect(try status.json().contains("NetworkProblem"))
    }
}
