import ContainerNetworking
import Processes
import Testbed

extension TestbedError.Code {
    /// The kind of failure that an error of a process or a CNI plugin means for a testbed.
    init(_ error: any Error) {
        switch error {
        case let error as ProcessError: self.init(error)
        case let error as CNIError: self.init(error)
        default: self = error is CancellationError ? .cancelled : .failed
        }
    }

    private init(_ error: ProcessError) {
        switch error {
        case .timedOut: self = .timedOut
        case .cancelled: self = .cancelled
        case .notFound: self = .missing
        default: self = .failed
        }
    }

    private init(_ error: CNIError) {
        switch error.kind {
        case .timedOut: self = .timedOut
        case .cancelled: self = .cancelled
        case .pluginNotFound: self = .missing
        default: self = .failed
        }
    }
}
