import Contract
import Experiments
import Resources

/// What steps of scenarios measure in tests.
extension StubExperiment {
    /// One that measures the same again and again.
    static func steady(_ value: Double, repetitions: Int = 2) -> StubExperiment {
        StubExperiment(
            networks: ["bridge"], repetitions: Repetitions(minimum: repetitions, maximum: repetitions), seed: nil
        ) {
            _, _ in Measurement.measured(value)
        }
    }

    /// One whose trial fails.
    static func failing() -> StubExperiment {
        StubExperiment(networks: ["bridge"], repetitions: Repetitions(minimum: 1, maximum: 1)) {
            _, _ throws(TrialFailure) in throw TrialFailure(.failed, "no answer")
        }
    }

    /// A step that goes on until it is stopped.
    static func endless() -> StubExperiment {
        StubExperiment(networks: ["bridge"], repetitions: Repetitions(minimum: 1_000, maximum: 1_000)) {
            _, _ throws(TrialFailure) in
            try? await Task.sleep(for: .milliseconds(5))
            return Measurement.measured(1)
        }
    }
}
