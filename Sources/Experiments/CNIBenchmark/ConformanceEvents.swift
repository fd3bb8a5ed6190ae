import Foundation
import Probes

/// Turns what an agent found about conformance into events of the trial, one for each check.
enum ConformanceEvents {
    /// The events' name.
    static let name = "conformance"

    private struct Detail: Encodable {
        let network: String
        let check: String
        let expected: String
        let found: String
        let verdict: String
    }

    /// One event for each finding in the agent's artifact; none where there is no such artifact.
    static func events(
        from artifacts: [Artifact],
        network: String
    ) throws(TrialFailure) -> [Measurement.Event] {
        guard let artifact = artifacts.first(where: { $0.name == ConformanceFinding.artifact }) else { return [] }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            let findings = try JSONDecoder().decode([ConformanceFinding].self, from: Data(artifact.text.utf8))
            return try findings.map { finding in
                let detail = Detail(
                    network: network,
                    check: finding.check,
                    expected: finding.expected,
                    found: finding.found,
                    verdict: finding.verdict.rawValue
                )
                return Measurement.Event(
                    name: name, detail: String(decoding: try encoder.encode(detail), as: UTF8.self))
            }
        } catch {
            throw TrialFailure(.invalid, "the agent's findings about \(network) are not understood: \(error)")
        }
    }
}
