import Contract
import Experiments
import Quantities
import Resources
import Results
import Synchronization
import TestSupport
import Testbed
import Testing

@testable import Coordinator

@Suite("The gate between the steps of a scenario")
struct LeftoverGateTests {
    private static let node = Place.node(0, of: "bridge")

    @Test("what is more, less or other than before is named with its place; settings that come along are not")
    func differences() {
        let before = StandingThings(places: [Self.node: ["link a of kind veth", "sysctl x = 1", "route r"]])
        var after = before
        #expect(after.differences(from: before).isEmpty)
        after.places[Self.node] = ["link a of kind veth", "link b of kind veth", "sysctl x = 2", "sysctl y = 1"]
        #expect(
            after.differences(from: before) == [
                "bridge/node0 has link b of kind veth", "bridge/node0 has no more route r",
                "bridge/node0 has x = 2, and had 1",
            ])
        #expect(after.differences(from: StandingThings()).isEmpty)
    }

    @Test("a step that leaves something behind is invalid by name, and nothing is measured after it")
    func leftover() async throws {
        let quick = StubExperiment(networks: ["bridge"], repetitions: Repetitions(minimum: 1, maximum: 1)) { _, _ in
            Measurement.measured(1)
        }
        let spec = """
            matrix: {cell: [1, 2]}
            steps:
            - name: clean
              RESOURCE
            - name: dirty
              RESOURCE
            - name: after
              RESOURCE
            """
        let plan = try ScenarioStage.plan(spec, ["clean": quick, "dirty": quick, "after": quick])
        // Looked at before the cell, after the first step and after the second.
        let testbed = ChangingTestbed(looks: ["link eth0", "link eth0", "link eth0\nqueue netem on eth0"])
        try await RunStage.with { stage async throws in
            let scenario = ScenarioStage(stage: stage, plan: plan)
            let summary = try await scenario.run(on: testbed)
            #expect(summary.completed == 1 && summary.failures == ["invalid": 1, "skipped": 4])
            let trials = try scenario.trials
            let dirty = try #require(trials.first { $0.outcome == .invalid })
            #expect(dirty.factors["step"] == "dirty")
            #expect(
                dirty.reason
                    == "the step dirty left the testbed other than it was: bridge/node0 has queue netem on eth0")
            #expect(trials.filter { $0.outcome == .skipped }.allSatisfy { $0.reason == dirty.reason })
        }
    }
}

/// A scripted testbed whose node shows something else at each look.
private final class ChangingTestbed: Testbed {
    let name = "scripted"
    private let inner = ScriptedTestbed()
    private let looks: Mutex<[String]>

    init(looks: [String]) { self.looks = Mutex(looks) }

    func facts(for topology: Topology, _ needs: Set<Need>) async -> [String: String] { [:] }
    func shortcomings(for topology: Topology) async -> [Shortcoming] { [] }
    func answer(to need: Need) async -> NeedAnswer { .here }
    func setUp(_ topology: Topology) async throws(TestbedError) -> [TestbedError] { [] }
    func tearDown() async throws(TestbedError) {}
    func endpoint(of place: Place, family: IPAddress.Family) async throws(TestbedError) -> Endpoint {
        try await inner.endpoint(of: place, family: family)
    }
    func machineReading() async throws(TestbedError) -> MachineReading { try await inner.machineReading() }

    func withProbe<Value: Sendable>(
        _ plan: ProbePlan, at place: Place, _ body: @Sendable (any ProbeSession) async throws(TestbedError) -> Value
    ) async throws(TestbedError) -> Value {
        guard plan.probe is InventoryProbe, case .node = place else {
            return try await inner.withProbe(plan, at: place, body)
        }
        let text = looks.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
        let script = ScriptedTestbed([
            place: [.artifact(name: InventoryProbe.artifact, mediaType: "text/plain", text: text), .done]
        ])
        return try await script.withProbe(plan, at: place, body)
    }
}
