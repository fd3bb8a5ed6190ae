import Contract
import Probes
import Testbed

/// What one probe said, gathered event by event.
struct ProbeReport: Sendable, Equatable {
    private(set) var samples: [Sample] = []
    private(set) var histograms: [String: String] = [:]
    private(set) var artifacts: [Artifact] = []
    private(set) var remarks: [String] = []
    private(set) var failure: TrialFailure?
    private(set) var failureCode: String?
    private(set) var isDone = false

    /// Reads until the probe listens and returns its port; nil when it ended or failed before that.
    mutating func readUntilReady(_ session: any ProbeSession) async throws(TestbedError) -> UInt16? {
        while let event = try await session.next() {
            if case .ready(let port, _, _) = event { return port }
            take(event)
        }
        return nil
    }

    /// Reads until the probe has ended.
    mutating func readToEnd(_ session: any ProbeSession) async throws(TestbedError) {
        while !isDone, let event = try await session.next() {
            take(event)
        }
    }

    /// Takes one event in.
    mutating func take(_ event: ProbeEvent) {
        switch event {
        case .ready: break
        case .sample(let sample): samples.append(sample)
        case .histogram(let metric, let json): histograms[metric] = json
        case .artifact(let artifact): artifacts.append(artifact)
        case .remark(let message): remarks.append(message)
        case .failure(let code, let message):
            failureCode = failureCode ?? code
            failure = failure ?? TrialFailure(Self.outcome(of: code), message)
        case .done: isDone = true
        }
    }

    /// Whether it ended, and well.
    var isComplete: Bool { failure == nil && isDone }

    private static func outcome(of code: String) -> TrialOutcome {
        switch FailureCode(rawValue: code) {
        case .timedOut: .timedOut
        case .notApplicable, .sharedAddress: .skipped
        case .unverified, .contradictory: .invalid
        default: .failed
        }
    }

    /// The failure with its place, what the tools said and what was counted.
    func failure(at place: Place) -> TrialFailure {
        TrialFailure(
            failure?.outcome ?? .failed,
            "probe at \(place): \(failure?.reason ?? "it ended without a result")",
            artifacts: artifacts,
            samples: samples
        )
    }
}
