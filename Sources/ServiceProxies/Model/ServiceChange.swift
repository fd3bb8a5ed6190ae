/// One change to the services of a node.
public enum ServiceChange: Sendable, Hashable {
    /// A service port appeared; it comes last.
    case added(ServicePort)
    /// A service port went away.
    case removed(ServicePort)
    /// The endpoints of a service port changed; everything else stayed.
    case endpointsChanged(from: ServicePort, to: ServicePort)
}
