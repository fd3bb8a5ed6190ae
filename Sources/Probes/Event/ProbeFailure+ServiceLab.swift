import Contract
import ServiceLab
import Sockets

extension ProbeFailure {
    /// The failure of a probe whose network of services could not be made, or changed.
    init(_ error: LabError) {
        switch error.code {
        case .inUse: self.init(.badPlan, error.description)
        case .system: self.init(.system, error.description)
        case .socket(let cause): self = cause.failure(peer: error.object)
        }
    }

    /// Does something with the network; an error of its becomes a failure.
    static func ofLab<Value>(_ body: () throws(LabError) -> Value) throws(ProbeFailure) -> Value {
        do throws(LabError) {
            return try body()
        } catch {
            throw ProbeFailure(error)
        }
    }
}
