import Contract
import TrafficShaping

extension ProbeFailure {
    /// The failure of a condition that could not shape an interface, or not put back what it had.
    init(_ error: ShapingError) {
        switch error.code {
        case .refused, .absent, .foreign, .inUse: self.init(.badPlan, error.description)
        case .unsupported: self.init(.notApplicable, error.description)
        case .unverified: self.init(.unverified, error.description)
        case .leaked: self.init(.leaked, error.description)
        case .system: self.init(.system, error.description)
        }
    }
}
