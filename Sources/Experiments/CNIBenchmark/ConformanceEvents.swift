import Contract

/// Turns what an agent found about conformance into events of the trial, one for each check.
enum ConformanceEvents {
    /// One event for each finding in the agent's artifact; none where there is no such artifact.
    static func events(
        from artifacts: [Artifact],
        network: String
    ) throws(TrialFailure) -> [Measurement.Event] {
        guard let artifact = artifacts.first(where: { $0.name == ConformanceFinding.name }) else { return [] }
        do {
            return try ConformanceFinding.list(json: artifact.text).map { finding in
                var finding = finding
                finding.network = network
                return Measurement.Event(name: ConformanceFinding.name, detail: try finding.json())
            }
        } catch {
            throw TrialFailure(.invalid, "the agent's findings about \(network) are not understood: \(error)")
        }
    }
}
