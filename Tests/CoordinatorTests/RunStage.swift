import Contract
import Experiments
import LinuxHost
import Quantities
import Resources
import Results
import Synchronization
import TestSupport
import Testbed

@testable import Coordinator

/// Everything a run needs beside its experiment, in a scratch directory.
struct RunStage {
    let store: Store
    let testbed: ScriptedTestbed
    let lockPath: String

    /// The id that every run has.
    static let runID = "01ARZ3NDEKTSV4RRFFQ69G5FAV"

    func run(
        _ experiment: StubExperiment,
        labels: [String: String] = ["build": "417"],
        lacking: [KernelFeature: String] = [:],
        observer: any RunObserver = Silent(),
        resumes: (@Sendable ([String: String], [String: String]) -> String?)? = nil,
        interruption: @escaping @Sendable () async -> String? = RunStage.never
    ) async throws(RunError) -> RunSummary {
        try await RunService(
            provider: ScriptedProvider(testbed, lacked: lacking), archive: store, store: store, observer: observer
        ).run(
            RunOrder(
                runID: RunStage.runID,
                document: RunStage.document,
                experiment: experiment,
                seed: 5,
                options: RunOptions(labels: labels, lockPath: lockPath, toolVersion: "test"),
                resumes: resumes
            ),
            interruption: interruption
        )
    }

    static let never: @Sendable () async -> String? = {
        try? await Task.sleep(for: .seconds(3600))
        return nil
    }

    static let document: ResourceDocument = {
        let yaml = """
            apiVersion: networkmachinery.io/v1alpha1
            kind: CNIPerformance
            metadata: {name: stage, labels: {team: net}}
            spec:
              networks: [{name: bridge, preset: bridge}]
              paths: [same-node]
              tests:
              - {name: rr, tool: latency, protocol: tcp, pattern: request-response, messageSize: 64B, duration: 250ms}
              repetitions: {minimum: 6, maximum: 6}
            """
        do {
            return try ResourceDecoder.decode(yaml: yaml, file: "stage.yaml")[0]
        } catch {
            preconditionFailure("\(error)")
        }
    }()

    /// Hands a stage on a testbed to a body.
    static func with<Value>(
        _ testbed: ScriptedTestbed = ScriptedTestbed(),
        _ body: (RunStage) async throws -> Value
    ) async throws -> Value {
        try await ScratchDirectory.with { directory in
            let store = try Store.open(at: "\(directory)/results.sqlite")
            return try await body(RunStage(store: store, testbed: testbed, lockPath: "\(directory)/lock"))
        }
    }
}

struct Silent: RunObserver {
    func observe(_ event: RunEvent) {}
}

final class Listener: RunObserver {
    private let heard = Mutex<[RunEvent]>([])
    var events: [RunEvent] { heard.withLock { $0 } }
    func observe(_ event: RunEvent) { heard.withLock { $0.append(event) } }
}

extension Measurement {
    /// One number of the metric that decides.
    static func measured(_ value: Double) -> Measurement {
        Measurement(samples: [.init(metric: "latency_p50", value: value)])
    }
}
