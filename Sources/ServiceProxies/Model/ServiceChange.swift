/// One change to the services of a node.
public enum ServiceChange: Sendable, Hashable {
    /// A service port appeared; it comes last.
    case added(ServicePort)
    /// A service port went away.
    case removed(ServicePort)
    /// The endpoints of a service port changed; everything else stayed.
    case endpointsChanged(from: ServicePort, to: ServicePort)

    /// The service port as it was; nil for a new one.
    var old: ServicePort? {
        switch self {
        case .added: nil
        case .removed(let service), .endpointsChanged(from: let service, to: _): service
        }
    }

    /// The service port as it is now; nil for one that went away.
    var new: ServicePort? {
        switch self {
        case .removed: nil
        case .added(let service), .endpointsChanged(from: _, to: let service): service
        }
    }
}
