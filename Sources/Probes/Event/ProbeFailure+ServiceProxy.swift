import Contract
import ServiceProxies

extension ProbeFailure {
    /// The failure of a probe whose proxy could not do what it was asked.
    init(_ error: ServiceProxyError) {
        let code: FailureCode =
            switch error.code {
            case .missing, .tooOld: .toolMissing
            case .foreign, .badServices, .lockHeld, .rejected: .toolFailed
            case .rubbish: .rubbish
            case .timedOut: .timedOut
            case .cancelled: .stopped
            }
        self.init(code, error.description, words: error.words)
    }
}
