import Contract
import LinuxHost
import Processes
import Quantities
import ServiceLab
import ServiceProxies
import Sockets

/// Makes a place stand in for more than it is until it is stopped, and reads back that all of it is there before it says so.
enum StandInRunner: ProbeRunner {
    static func run(_ standIn: StandIn, in context: ProbeContext) async throws(ProbeFailure) {
        let proxy = try proxy(of: standIn)
        // Before anything is to be taken away again: rules of others are not ours to remove.
        if let proxy { try await ofProxy { () async throws(ServiceProxyError) in try await proxy.refuseForeign() } }
        let trace = try ProbeFailure.ofLab { () throws(LabError) in
            let trace = try StandInTrace()
            try trace.make(standIn)
            return trace
        }
        let will = Lifeline.bequeath {
            // What loads rules may be under way.
            Descendants.kill(patience: patience)
            LastWork.wait {
                _ = try? await proxy?.remove()
                if !standIn.blocks.isEmpty { try? await BlockRules.remove() }
            }
            try? trace.undo(standIn)
        }
        defer { Lifeline.revoke(will) }
        if !standIn.blocks.isEmpty { try await BlockRules(standIn.blocks).load() }
        if let proxy { try await load(standIn, by: proxy) }
        var answerer: Answerer?
        if !standIn.ports.isEmpty || standIn.names != nil {
            answerer = try ProbeFailure.ofLab { () throws(LabError) in
                try Answerer(
                    ports: standIn.ports, families: Self.families, addresses: try StandInNetwork.addresses(),
                    names: standIn.names.map(NameTable.init))
            }
        }
        context.output.emit(.ready(port: 0, tool: "standIn", version: "1"))
        await context.stop.wait()
        answerer?.end()
        if let proxy { try await ofProxy { () async throws(ServiceProxyError) in _ = try await proxy.remove() } }
        // The place may stand for longer than what it stands in for, as between the steps of a scenario.
        if !standIn.blocks.isEmpty { try await BlockRules.remove() }
        try ProbeFailure.ofLab { () throws(LabError) in try trace.undo(standIn) }
        if context.stop.reason == .deadline { throw ProbeFailure.interrupted(context.stop) }
    }

    /// A kernel may be without IPv6.
    private static var families: [IPAddress.Family] {
        do throws(SocketError) {
            _ = try Socket(.udp, .ipv6)
            return [.ipv4, .ipv6]
        } catch {
            return [.ipv4]
        }
    }

    /// How long what is under way is waited for when the run is gone.
    private static let patience = Duration.milliseconds(50)

    private static func proxy(of standIn: StandIn) throws(ProbeFailure) -> (any ServiceProxy)? {
        guard !standIn.services.isEmpty, let range = standIn.serviceRange.flatMap(IPv4Range.init) else { return nil }
        // Whoever comes from a pod of this node is masqueraded, too: its endpoint may stand beside it on one bridge, and would
        // answer past the rules.
        let addresses =
            try standIn.services.contains { $0.nodePort != nil }
            ? ProbeFailure.ofLab { () throws(LabError) in try StandInNetwork.addresses() } : []
        let configuration = ProxyConfiguration(
            localPodRange: range, nodeAddresses: addresses.compactMap(IPv4Address.init), serviceRanges: [range],
            masqueradesAll: true)
        guard let proxy = ServiceProxyFactory.proxy(for: standIn.proxy, configuration: configuration) else {
            throw ProbeFailure(.badPlan, "there is no proxy \(standIn.proxy)")
        }
        return proxy
    }

    private static func load(_ standIn: StandIn, by proxy: any ServiceProxy) async throws(ProbeFailure) {
        let services = try standIn.services.map(service)
        try await ofProxy { () async throws(ServiceProxyError) in
            _ = try await proxy.load(services)
        }
        let found = try await ofProxy { () async throws(ServiceProxyError) in try await proxy.readBack().counts }
        let expected = proxy.expectedCounts(for: services)
        guard found == expected else {
            throw ProbeFailure(
                .unverified,
                "the kernel has \(found) of \(standIn.proxy) where \(expected) were loaded; nothing is measured")
        }
    }

    private static func service(_ service: StandIn.Service) throws(ProbeFailure) -> ServicePort {
        guard let address = IPv4Address(service.address) else {
            throw ProbeFailure(.badPlan, "the service \(service.name) has no IPv4 address")
        }
        return ServicePort(
            name: service.name, transport: service.transport == .tcp ? .tcp : .udp, clusterIP: address,
            port: service.port,
            exposure: service.nodePort.map { .nodePort($0) } ?? .clusterIP,
            endpoints: service.endpoints.compactMap(IPv4Address.init).map {
                ServiceEndpoint(address: $0, port: service.targetPort)
            })
    }

    @discardableResult
    private static func ofProxy<Value: Sendable>(
        _ body: () async throws(ServiceProxyError) -> Value
    ) async throws(ProbeFailure) -> Value {
        do throws(ServiceProxyError) {
            return try await body()
        } catch {
            throw ProbeFailure(error)
        }
    }
}
