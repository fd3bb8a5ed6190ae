import Contract
import Resources

extension NetworkConnectivityTest.Expectation {
    /// What an attempt has to come to, so that it is as expected.
    var outcomes: [ReachOutcome] {
        switch self {
        case .reached: [.reached]
        case .blocked: [.timedOut, .unreachable]
        case .refused: [.refused]
        case .nameNotFound: [.nameNotFound]
        }
    }
}
