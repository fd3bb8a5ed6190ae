/// One change to the tables of IPVS, which the kernel takes one at a time: it knows no transactions.
public enum IPVSRequest: Sendable, Hashable {
    /// A service that is not there yet; `ipvsadm -A`.
    case addService(IPVSService)
    /// Scheduler, flags and time-out of a service that is there; `ipvsadm -E`.
    case setService(IPVSService)
    /// A service with all its destinations; `ipvsadm -D`.
    case deleteService(IPVSService.Key)
    /// A destination that the service does not have yet; `ipvsadm -a`.
    case addDestination(IPVSDestination, of: IPVSService.Key)
    /// Weight, forwarding and thresholds of a destination that the service has; `ipvsadm -e`.
    case setDestination(IPVSDestination, of: IPVSService.Key)
    /// A destination; `ipvsadm -d`.
    case deleteDestination(IPVSDestination, of: IPVSService.Key)
    /// All services and destinations of the namespace; `ipvsadm -C`.
    case flush
}

extension IPVSRequest {
    /// The request in words, for an error.
    var words: RequestWords {
        let (operation, object): (String, String) =
            switch self {
            case .addService(let service): ("add IPVS service", "\(service)")
            case .setService(let service): ("change IPVS service", "\(service)")
            case .deleteService(let key): ("delete IPVS service", "\(key)")
            case .addDestination(let destination, let key): ("add IPVS destination", "\(destination) of \(key)")
            case .setDestination(let destination, let key): ("change IPVS destination", "\(destination) of \(key)")
            case .deleteDestination(let destination, let key): ("delete IPVS destination", "\(destination) of \(key)")
            case .flush: ("flush", "IPVS")
            }
        return RequestWords(operation: operation, object: object, hint: IPVSSocket.hint(for:))
    }
}
