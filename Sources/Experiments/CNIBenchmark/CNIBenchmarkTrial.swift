import Foundation
import Probes
import Testbed

/// One trial: an agent on the node carries out the operations, and what it says becomes the measurement.
struct CNIBenchmarkTrial: Sendable {
    let place: Place
    let deadline: Duration

    func run(
        on testbed: any Testbed,
        _ operations: @Sendable (AttachmentSite) -> CNIOperations
    ) async throws(TrialFailure) -> Measurement {
        let report = try await report(on: testbed, operations)
        guard report.isComplete else { throw report.failure(at: place) }
        guard !report.samples.isEmpty else {
            throw TrialFailure(.invalid, "the agent at \(place) reported no number")
        }
        return Measurement(
            samples: report.samples,
            histograms: report.histograms,
            artifacts: report.artifacts,
            events: try ConformanceEvents.events(from: report.artifacts, network: place.network)
        )
    }

    /// Why plugins refuse the operations, or nil when they do not, or when something else went wrong.
    func refusal(on testbed: any Testbed, _ operations: @Sendable (AttachmentSite) -> CNIOperations) async -> String? {
        guard let report = try? await report(on: testbed, operations), let code = report.failureCode,
            [FailureCode.toolFailed, .toolMissing].map(\.rawValue).contains(code)
        else { return nil }
        return "it cannot be made here: \(report.failure?.reason ?? code)"
    }

    private func report(
        on testbed: any Testbed,
        _ operations: @Sendable (AttachmentSite) -> CNIOperations
    ) async throws(TrialFailure) -> ProbeReport {
        do {
            let plan = ProbePlan(
                probe: .cniOperations(operations(try await testbed.attachmentSite(of: place))),
                deadlineSeconds: Double(deadline.components.seconds)
            )
            return try await testbed.withProbe(plan, at: place) { session in
                var report = ProbeReport()
                try await report.readToEnd(session)
                return report
            }
        } catch let error as TestbedError {
            throw TrialFailure(error.code == .timedOut ? .timedOut : .failed, error.description)
        } catch {
            throw TrialFailure(.failed, "\(error)")
        }
    }
}
