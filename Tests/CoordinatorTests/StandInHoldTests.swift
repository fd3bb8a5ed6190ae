import Contract
import Experiments
import Quantities
import Resources
import Results
import TestSupport
import Testbed
import Testing

@testable import Coordinator

@Suite("What stands in while a run goes")
struct StandInHoldTests {
    private static let places = (0..<3).map { Place.node($0, of: "bridge") }
    private static let ready = ProbeEvent.ready(port: 0, tool: "standIn", version: "1")

    private static func placed(_ places: [Place]) -> [PlacedCondition] {
        places.map { PlacedCondition(StandIn(ports: [80]), at: $0) }
    }

    @Test("it stands until the last trial, and its end is no failure")
    func stands() async throws {
        let scripts = Dictionary(uniqueKeysWithValues: Self.places.map { ($0, [Self.ready]) })
        try await RunStage.with(ScriptedTestbed(scripts, living: Set(Self.places))) { bench async throws in
            let experiment = StubExperiment(standIns: Self.placed(Self.places)) { _, _ in Measurement.measured(1) }
            let summary = try await bench.run(experiment)
            #expect(summary.completed == 6 && summary.failed == 0)
            #expect(bench.testbed.plans.count == 3)
        }
    }

    @Test("what is lost is noticed at once: trials that go on, and all behind them, could not be tested")
    func lost() async throws {
        let scripts = Dictionary(uniqueKeysWithValues: Self.places.map { ($0, [Self.ready]) })
        let testbed = ScriptedTestbed(scripts, living: Set(Self.places.dropLast()))
        try await RunStage.with(testbed) { bench async throws in
            let experiment = StubExperiment(standIns: Self.placed(Self.places)) { _, _ in
                // Long enough for an end that is there already to be seen.
                try? await Task.sleep(for: .milliseconds(100))
                return Measurement.measured(1)
            }
            let summary = try await bench.run(experiment)
            #expect(summary.completed == 0)
            // The block in which it was lost, and none behind it.
            #expect(summary.failures == ["failed": 2])
            let trials = try bench.store.trials(runID: summary.runID)
            #expect(trials.allSatisfy { $0.outcome == .failed })
            let reason = try #require(trials.first?.reason)
            #expect(
                reason.hasPrefix("could not test: what stands in with listeners at 80 at bridge/node2"), "\(reason)")
            #expect(try bench.store.run(summary.runID).outcome == .trialsFailed)
        }
    }

    @Test("what does not come to stand fails the run before its first trial")
    func neverStood() async throws {
        let scripts: [Place: [ProbeEvent]] = [
            Self.places[0]: [Self.ready], Self.places[1]: [.failure(code: "badPlan", message: "no such proxy"), .done],
        ]
        let testbed = ScriptedTestbed(scripts, living: [Self.places[0]])
        try await RunStage.with(testbed) { bench async throws in
            let experiment = StubExperiment(standIns: Self.placed(Array(Self.places.prefix(2)))) { _, _ in
                Measurement.measured(1)
            }
            let error = await #expect(throws: RunError.self) { try await bench.run(experiment) }
            #expect(error?.description.contains("no such proxy") == true)
            #expect(try bench.store.trials(runID: RunStage.runID).isEmpty)
        }
    }
}
