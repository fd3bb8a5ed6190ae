public import Contract

extension WatchMap {
    /// A network of so many nodes, each with one place, that checks its neighbours by every kind, and services.
    public static func mesh(
        nodes count: Int, degree: Int, kinds: [CheckKind] = [.udp, .tcp, .icmp, .mtu], services: [Service] = []
    ) -> WatchMap {
        let names = (0..<count).map { "node\($0)" }
        let neighbours = Neighbourhood(of: names, degree: degree).neighbours
        var checks: [Check] = []
        for node in 0..<count {
            for other in neighbours[node] {
                checks += kinds.filter { !$0.isService }.map { Check(from: node, to: .spot(other), by: $0) }
            }
            for (number, service) in services.enumerated() {
                checks.append(Check(from: node, to: .service(number), by: service.isResolver ? .dns : .service))
            }
        }
        return WatchMap(
            nodes: names, spots: names.enumerated().map { Spot(name: $0.element, node: $0.offset) },
            services: services, checks: checks)
    }
}
