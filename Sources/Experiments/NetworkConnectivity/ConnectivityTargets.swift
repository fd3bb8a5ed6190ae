import Contract
import Quantities
import Resources
import Testbed

/// Everything that checks go to: each destination, and of a service its virtual address and each of its endpoints; pure.
struct ConnectivityTargets: Sendable {
    typealias Kind = NetworkConnectivityTest

    /// One of them.
    struct Target: Sendable, Equatable {
        /// The level of the factor `destination`.
        let label: String
        let target: NetworkConnectivityPlan.Target
        let port: UInt16?
        let expect: Kind.Expectation?
        /// Whether it is a service's own address, which exists for its ports only.
        let isVirtual: Bool
        /// The name, of which `target` is the name server then.
        let name: Kind.NamedTarget?

        /// The only family of the name's addresses, where that is known.
        let namedFamily: IPAddress.Family?
        /// What is asked for by HTTP.
        let request: ReachProbe.Request

        /// Whether a check over the family can be made.
        func has(_ family: IPAddress.Family, _ method: ReachMethod) -> Bool {
            // A name server of either family says addresses of both.
            if name != nil, method != .dns { return (namedFamily ?? family) == family }
            guard case .address(let address) = target else { return true }
            return address.family == family
        }

        /// What the name server is asked in a check over the family.
        func question(_ family: IPAddress.Family, _ method: ReachMethod) -> ReachProbe.Question? {
            name.map { ReachProbe.Question($0.name, method == .dns ? $0.type : family == .ipv4 ? .a : .aaaa) }
        }

        /// What a check has to come to; nil where nothing is expected.
        func expectation(of method: ReachMethod) -> Kind.Expectation? {
            if let expect { return expect }
            // Rules for a service are rules for its ports: nobody answers echo requests.
            return isVirtual && !method.hasPort ? nil : .reached
        }
    }

    let spec: Kind.Spec
    let layout: ConnectivityLayout

    /// Services have IPv4 addresses, and a name that the testbed is told has one.
    private func knownFamily(of name: Kind.NamedTarget) -> IPAddress.Family? {
        guard name.server == nil else { return nil }
        return spec.local.names[name.name]?.family ?? (name.service == nil ? nil : .ipv4)
    }

    var all: [Target] { spec.destinations.flatMap(targets) }

    private func targets(of destination: Kind.Destination) -> [Target] {
        func target(
            _ label: String, _ target: NetworkConnectivityPlan.Target, _ port: Port?, isVirtual: Bool = false,
            name: Kind.NamedTarget? = nil
        ) -> Target {
            Target(
                label: label, target: target, port: port?.number, expect: destination.expect, isVirtual: isVirtual,
                name: name, namedFamily: name.flatMap(knownFamily),
                request: ReachProbe.Request(
                    path: destination.path ?? "/", status: destination.status ?? 200, host: name?.name,
                    trusted: spec.trusted))
        }
        switch destination.target {
        case .address(let address), .external(let address):
            return [target(destination.label, .address(address), destination.port)]
        case .pod(let pod):
            return layout.pods[pod].map { [target(destination.label, .place($0), destination.port)] } ?? []
        case .node(let name):
            return layout.node(named: name).map { [target(destination.label, .place($0), destination.port)] } ?? []
        case .pods: return []
        case .name(let name):
            let server = name.server.map(NetworkConnectivityPlan.Target.address) ?? .place(layout.nameServer)
            return [
                target(
                    destination.label, server, destination.port, isVirtual: destination.service != nil, name: name)
            ]
        case .service(let name):
            guard let known = layout.services.first(where: { $0.service.name == name }) else { return [] }
            let port = destination.port == nil ? nil : known.service.targetPort ?? destination.port
            let virtual = [target(destination.label, .address(known.address), destination.port, isVirtual: true)]
            return virtual
                + known.service.endpoints.compactMap { pod in
                    layout.pods[pod].map {
                        target(Kind.label("\(name) → \(pod.name)", port), .place($0), port)
                    }
                }
        }
    }
}
