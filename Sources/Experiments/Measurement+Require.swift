import Contract

extension Measurement {
    /// Sees that a trial has measured what it was about.
    ///
    /// - Throws: ``TrialFailure`` of the outcome `invalid` that names the metrics without a sample, with all that was
    ///   measured.
    func require(_ metrics: [String]) throws(TrialFailure) {
        let missing = metrics.filter { value(of: $0) == nil }
        guard !missing.isEmpty else { return }
        throw TrialFailure(
            .invalid,
            "it measured no \(missing.joined(separator: " and no ")), and that is what this test is about; "
                + (artifacts.isEmpty
                    ? "see that the tool and the agent are of this version"
                    : "see what the tool printed, kept as an artifact"),
            artifacts: artifacts,
            samples: samples
        )
    }
}
