import Contract
import Testbed

/// One trial: an agent on the node carries out the operations, and what it says becomes the measurement.
struct CNIBenchmarkTrial: Sendable {
    let place: Place
    let deadline: Duration
    let seed: UInt64
    /// Metrics that the trial is about.
    var required: [String] = []

    func run(
        on testbed: any Testbed,
        _ operations: @Sendable (AttachmentSite) -> CNIOperations
    ) async throws(TrialFailure) -> Measurement {
        let report = try await report(on: testbed, operations)
        guard report.isComplete else { throw report.failure(at: place) }
        guard !report.samples.isEmpty else {
            throw TrialFailure(.invalid, "the agent at \(place) reported no number")
        }
        let measurement = Measurement(
            samples: report.samples,
            histograms: report.histograms,
            artifacts: report.artifacts,
            remarks: report.remarks,
            events: try ConformanceEvents.events(from: report.artifacts, network: place.network ?? "")
        )
        try measurement.require(required)
        return measurement
    }

    /// Why the operations fail, or nil when they do not, or when the agent itself did not answer.
    func refusal(
        on testbed: any Testbed, _ operations: @Sendable (AttachmentSite) -> CNIOperations
    ) async -> PluginRefusal? {
        guard let report = try? await report(on: testbed, operations),
            let code = report.failureCode.flatMap(FailureCode.init(rawValue:))
        else { return nil }
        return PluginRefusal(code: code, reason: report.failure?.reason ?? code.rawValue)
    }

    private func report(
        on testbed: any Testbed,
        _ operations: @Sendable (AttachmentSite) -> CNIOperations
    ) async throws(TrialFailure) -> ProbeReport {
        do throws(TestbedError) {
            let plan = ProbePlan(
                probe: operations(try await testbed.attachmentSite(of: place)),
                deadlineSeconds: Double(deadline.components.seconds),
                seed: seed
            )
            return try await testbed.withProbe(plan, at: place) { session throws(TestbedError) in
                var report = ProbeReport()
                try await report.readToEnd(session)
                return report
            }
        } catch {
            throw TrialFailure(error)
        }
    }
}
