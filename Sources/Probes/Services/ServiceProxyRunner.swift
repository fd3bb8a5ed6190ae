import Contract
import LinuxHost
import Quantities
import ServiceLab
import ServiceProxies

/// Carries out one service-proxy plan from the empty namespace to the empty namespace.
enum ServiceProxyRunner: ProbeRunner {
    /// Builds the network, brings the services in, verifies, measures, and takes everything out again.
    static func run(_ probe: ServiceProxyProbe, in context: ProbeContext) async throws(ProbeFailure) {
        let configuration = configuration(of: probe, deadline: context.deadline)
        guard let proxy = ServiceProxyFactory.proxy(for: probe.mode, configuration: configuration) else {
            throw ProbeFailure(.badPlan, "this version knows no proxy of mode \(probe.mode.rawValue)")
        }
        let bench = ServiceBench(probe, lab: try await makeLab(), proxy: proxy, context)
        let server = try ProbeFailure.ofLab { () throws(LabError) in
            try EndpointServer(lab: bench.lab, table: bench.table)
        }
        let result = await cancellable(context.stop) { await attempt(bench) }
        // Its threads use sockets in namespaces that go with the bench.
        server.end()
        try result.get()
    }

    private static func attempt(_ bench: ServiceBench) async -> Result<Void, ProbeFailure> {
        do throws(ProbeFailure) {
            try await everything(bench)
            return .success(())
        } catch {
            // The namespace goes with this process in any case; what cannot be undone now is no news.
            _ = try? await bench.proxy.remove()
            return .failure(error)
        }
    }

    private static func everything(_ bench: ServiceBench) async throws(ProbeFailure) {
        let control = ControlPath(bench: bench)
        let measures = Set(bench.probe.measures)
        let isProxied = bench.probe.mode != .none
        if isProxied {
            do throws(ServiceProxyError) {
                try await bench.proxy.refuseForeign()
            } catch {
                throw ProbeFailure(error)
            }
            try await control.program()
        }
        try await data(DataPath(bench: bench), measures, isProxied)
        guard isProxied else { return }
        try await changes(control, measures)
        if measures.contains(.restart) { try await control.restart() }
        if measures.contains(.churn) { try await ChurnWork(bench: bench).run() }
        // Otherwise it goes with the namespace, which is much faster than rule by rule.
        if measures.contains(.remove) { try await control.remove() }
    }

    /// Changes that undo each other: afterwards the kernel has to hold what it held before them.
    private static func changes(
        _ control: ControlPath,
        _ measures: Set<ServiceMeasure>
    ) async throws(ProbeFailure) {
        guard !measures.isDisjoint(with: [.addOne, .deleteOne, .changeEndpoint]) else { return }
        if !measures.isDisjoint(with: [.addOne, .deleteOne]) { try await control.addAndDelete() }
        if measures.contains(.changeEndpoint) { try await control.changeEndpoint() }
        try await control.verify(reportsCost: false)
    }

    private static func data(
        _ path: DataPath,
        _ measures: Set<ServiceMeasure>,
        _ isProxied: Bool
    ) async throws(ProbeFailure) {
        if measures.contains(.firstPacket) { try await path.firstPackets() }
        if measures.contains(.established) { try await path.established() }
        if measures.contains(.connectionRate) { try await path.connectionRate() }
        if isProxied, measures.contains(.rules) { try await path.rules() }
    }

    // MARK: Surroundings

    private static func makeLab() async throws(ProbeFailure) -> ServiceLab {
        try await PlainThread.run(failure: { ProbeFailure(.system, $0.description) }) { () throws(ProbeFailure) in
            try ProbeFailure.ofLab { () throws(LabError) in try ServiceLab() }
        }
    }

    private static func configuration(of probe: ServiceProxyProbe, deadline: UInt64) -> ProxyConfiguration {
        let now = Clock.monotonicNanoseconds()
        return ProxyConfiguration(
            localPodRange: ServiceRanges.client,
            nodeAddresses: [ServiceRanges.nodeToClient],
            serviceRanges: IPv4Range(probe.serviceRange).map { [$0] } ?? [],
            localhostNodePorts: probe.localhostNodePorts,
            lockFile: nil,
            // Numbers without a sign: a deadline that has passed leaves zero.
            deadline: .nanoseconds(deadline - min(deadline, now)),
            servicesPerTransaction: probe.servicesPerTransaction,
            listsBeforeSync: probe.listsBeforeSync,
            flushesEmptyTables: probe.flushesEmptyTables
        )
    }

    /// Cancels the body when the probe is to end: programs that load are ended by that.
    private static func cancellable(
        _ stop: ProbeStop,
        _ body: @escaping @Sendable () async -> Result<Void, ProbeFailure>
    ) async -> Result<Void, ProbeFailure> {
        await withTaskGroup(of: Result<Void, ProbeFailure>?.self) { group in
            group.addTask { await body() }
            group.addTask {
                await stop.wait()
                return nil
            }
            var result: Result<Void, ProbeFailure>?
            while let next = await group.next() {
                result = result ?? next
                // Either the body has ended, or it is to end now.
                group.cancelAll()
            }
            return result ?? .failure(.interrupted(stop))
        }
    }
}
