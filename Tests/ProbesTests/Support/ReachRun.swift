import Contract
import Testing

@testable import Probes

/// The probe `reach`, run in this process.
enum ReachRun {
    /// What each check came to, by its id.
    static func results(of probe: ReachProbe, deadlineSeconds: Double = 10) async throws -> [Int: ReachResult] {
        let output = Collector()
        await ProbeEngine.run(ProbePlan(probe: probe, deadlineSeconds: deadlineSeconds), output: output)
        #expect(output.failure == nil, "\(output.message)")
        var results: [Int: ReachResult] = [:]
        for case .artifact(let artifact) in output.events where artifact.name == ReachResult.artifact {
            let result = try ReachResult(json: artifact.text)
            #expect(results[result.id] == nil)
            results[result.id] = result
        }
        return results
    }
}
