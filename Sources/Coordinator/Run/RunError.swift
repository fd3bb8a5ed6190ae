public import Testbed

/// Why a run did not take place, or ended before its trials did.
public enum RunError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The machine lacks something; nothing was made.
    case missing([Shortcoming])
    /// Another run is measuring; nothing was made.
    case busy(MeasurementLock.Refusal)
    /// No network of the testbed could be set up.
    case setUpFailed(TestbedError)
    /// The store could not take a result; everything stored before is kept.
    case storeFailed(String)
    /// The machine did not answer, such as a `/proc` that cannot be read.
    case failed(String)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .missing(let shortcomings):
            "this cannot run here:\n" + shortcomings.map { "  - \($0)" }.joined(separator: "\n")
        case .busy(let refusal): refusal.description
        case .setUpFailed(let error): error.description
        case .storeFailed(let words):
            "the run was ended because a result could not be stored: \(words). Trials stored before are kept"
        case .failed(let words): "the run was ended: \(words). Trials stored before are kept"
        }
    }
}
