import Processes
import Testbed

extension TestbedError.Code {
    /// The kind of failure that an error of a process means for a testbed.
    init(_ error: any Error) {
        switch error as? ProcessError {
        case .timedOut: self = .timedOut
        case .cancelled: self = .cancelled
        case .notFound: self = .missing
        default: self = error is CancellationError ? .cancelled : .failed
        }
    }
}
