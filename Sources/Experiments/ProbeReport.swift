package import Contract
package import Testbed

/// What one probe said, gathered event by event.
package struct ProbeReport: Sendable, Equatable {
    package private(set) var samples: [Sample] = []
    package private(set) var histograms: [String: String] = [:]
    package private(set) var artifacts: [Artifact] = []
    package private(set) var remarks: [String] = []
    package private(set) var failure: TrialFailure?
    package private(set) var failureCode: String?
    package private(set) var isDone = false

    /// Nothing yet.
    package init() {}

    /// Reads until the probe listens and returns its port; nil when it ended or failed before that.
    package mutating func readUntilReady(_ session: any ProbeSession) async throws(TestbedError) -> UInt16? {
        while let event = try await session.next() {
            if case .ready(let port, _, _) = event { return port }
            take(event)
        }
        return nil
    }

    /// Reads until the probe has ended.
    package mutating func readToEnd(_ session: any ProbeSession) async throws(TestbedError) {
        while !isDone, let event = try await session.next() {
            take(event)
        }
    }

    /// Takes one event in.
    package mutating func take(_ event: ProbeEvent) {
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
    package var isComplete: Bool { failure == nil && isDone }

    private static func outcome(of code: String) -> TrialOutcome {
        switch FailureCode(rawValue: code) {
        case .timedOut: .timedOut
        case .notApplicable, .sharedAddress: .skipped
        case .unverified, .contradictory: .invalid
        default: .failed
        }
    }

    /// The failure with its place, what the tools said and what was counted.
    package func failure(at place: Place) -> TrialFailure {
        TrialFailure(
            failure?.outcome ?? .failed,
            "probe at \(place): \(failure?.reason ?? "it ended without a result")",
            artifacts: artifacts,
            samples: samples
        )
    }
}
