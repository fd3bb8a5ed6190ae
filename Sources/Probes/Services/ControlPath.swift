import Contract
import LinuxHost
import ServiceLab
import ServiceProxies
import Sockets
import Statistics

/// What it costs to change the services of a node, and when clients see it.
struct ControlPath: Sendable {
    let bench: ServiceBench

    /// How long a change may stay invisible after the tool has returned.
    private static let patience: UInt64 = 2_000_000_000

    // MARK: Everything

    /// Brings all services into an empty kernel, and reads back what is there then.
    func program() async throws(ProbeFailure) {
        let memory = KernelMemory.bytes()
        let last = bench.probe.services - 1
        let (programming, finding) = try await seen(
            at: bench.table.target(last), as: .answer(bench.table.endpoints(of: last))
        ) { [bench] () throws(ServiceProxyError) in
            try await bench.proxy.load(bench.table.ports)
        }
        let grown = KernelMemory.bytes().flatMap { after in memory.map { after - $0 } }
        if bench.probe.measures.contains(.program) {
            report(programming, finding, of: .program)
            if let grown { bench.sample(ServiceMetrics.name(.program, .kernelMemory), Double(grown)) }
        }
        try await verify(reportsCost: bench.probe.measures.contains(.readBack))
    }

    /// All services once more, over those that are there: what a restarted proxy does.
    func restart() async throws(ProbeFailure) {
        let programming = try await attempt { () throws(ServiceProxyError) in
            try await bench.proxy.load(bench.table.ports)
        }
        bench.emit(ServiceReport.cost(programming, of: .restart))
        try await verify(reportsCost: false)
    }

    /// Takes everything out; the proxy itself reads back that nothing is left.
    func remove() async throws(ProbeFailure) {
        let programming = try await attempt { () throws(ServiceProxyError) in try await bench.proxy.remove() }
        bench.sample(ServiceMetrics.removeWall.name, Double(programming.wallNanoseconds) / 1e9)
    }

    // MARK: One change

    /// One more service, and one less: the added one is taken away again, whether or not that is measured.
    func addAndDelete() async throws(ProbeFailure) {
        let number = bench.probe.services
        let added = bench.table.port(number)
        let measures = bench.probe.measures
        let (adding, appeared) = try await seen(
            at: bench.table.target(number), as: .answer(bench.table.endpoints(of: number))
        ) { () throws(ServiceProxyError) in try await add(added) }
        if measures.contains(.addOne) { report(adding, appeared, of: .addOne) }
        let (deleting, vanished) = try await seen(at: bench.table.target(number), as: .silence) {
            [bench] () throws(ServiceProxyError) in
            try await bench.proxy.apply(.removed(added), resulting: bench.table.ports)
        }
        if measures.contains(.deleteOne) { report(deleting, vanished, of: .deleteOne) }
    }

    /// Adds a service, with its endpoints at once or in a second sync: what that costs, without the pause in between.
    private func add(_ service: ServicePort) async throws(ServiceProxyError) -> Programming {
        let others = bench.table.ports
        guard bench.probe.endpointsFollow else {
            return try await bench.proxy.apply(.added(service), resulting: others + [service])
        }
        var bare = service
        bare.endpoints = []
        let first = try await bench.proxy.apply(.added(bare), resulting: others + [bare])
        let pause = bench.probe.syncPauseNanoseconds.map(Duration.nanoseconds) ?? bench.probe.mode.syncPause
        // Whoever cancels the pause finds the next sync cancelled, too.
        if pause > .zero { try? await Task.sleep(for: pause) }
        return first
            + (try await bench.proxy.apply(.endpointsChanged(from: bare, to: service), resulting: others + [service]))
    }

    /// Another endpoint for the last service, seen when it answers; afterwards the old one is back.
    func changeEndpoint() async throws(ProbeFailure) {
        let before = bench.table.port(bench.probe.services - 1)
        let after = bench.table.replacing(endpointAt: before.endpoints.count - 1, of: before, generation: 0)
        let spare = bench.table.spare(0)
        let (programming, finding) = try await seen(
            at: bench.table.target(bench.probe.services - 1), as: .answer(spare...spare)
        ) { [bench] () throws(ServiceProxyError) in
            try await bench.proxy.apply(
                .endpointsChanged(from: before, to: after),
                resulting: bench.table.ports.replacing(before, by: after)
            )
        }
        report(programming, finding, of: .changeEndpoint)
        _ = try await attempt { () throws(ServiceProxyError) in
            try await bench.proxy.apply(.endpointsChanged(from: after, to: before), resulting: bench.table.ports)
        }
    }

    // MARK: Seeing and believing

    /// Carries a change out while a client looks for it.
    private func seen(
        at target: ServiceTable.Target,
        as expectation: VisibilityPoll.Expectation,
        _ change: @escaping @Sendable () async throws(ServiceProxyError) -> Programming
    ) async throws(ProbeFailure) -> (Programming, VisibilityPoll.Finding) {
        let poll = VisibilityPoll(target, expecting: expectation, stop: bench.stop)
        let start = Clock.monotonicNanoseconds()
        // From before the change on, so that the first moment is not missed.
        async let looking = Self.look(poll, since: start, bench)
        let programming: Programming
        do throws(ProbeFailure) {
            programming = try await attempt(change)
        } catch {
            poll.returned(patience: 0)
            throw error
        }
        poll.returned(patience: Self.patience)
        // The planner's time is a part of what passes until a change is seen, and the poll began before it.
        return (programming, try await looking.get())
    }

    private static func look(
        _ poll: VisibilityPoll,
        since start: UInt64,
        _ bench: ServiceBench
    ) async -> Result<VisibilityPoll.Finding, ProbeFailure> {
        do throws(ProbeFailure) {
            return .success(try await bench.asClient { _ throws(SocketError) in try poll.run(since: start) })
        } catch {
            return .failure(error)
        }
    }

    private func report(
        _ programming: Programming,
        _ finding: VisibilityPoll.Finding,
        of operation: ServiceMetrics.Operation
    ) {
        bench.emit(ServiceReport.cost(programming, of: operation))
        bench.emit([ServiceReport.visible(finding, of: operation)])
    }

    /// Reads the kernel back; a state that is not exactly the planned one makes the trial invalid.
    func verify(reportsCost: Bool) async throws(ProbeFailure) {
        let (counts, programming) = try await attempt { () throws(ServiceProxyError) in
            try await bench.proxy.readBack()
        }
        let expected = bench.proxy.expectedCounts(for: bench.table.ports)
        guard counts == expected else {
            throw ProbeFailure(.unverified, "the kernel holds \(counts), and it should hold \(expected)")
        }
        if reportsCost {
            bench.emit(ServiceReport.cost(programming, of: .readBack))
            bench.sample(ServiceMetrics.objects.name, Double(counts.total))
        }
    }

    private func attempt<Value: Sendable>(
        _ body: () async throws(ServiceProxyError) -> Value
    ) async throws(ProbeFailure) -> Value {
        if bench.stop.isTripped { throw ProbeFailure.interrupted(bench.stop) }
        do throws(ServiceProxyError) {
            return try await body()
        } catch {
            throw bench.stop.isTripped ? ProbeFailure.interrupted(bench.stop) : ProbeFailure(error)
        }
    }
}

extension [ServicePort] {
    /// The same list with one port exchanged.
    func replacing(_ old: ServicePort, by new: ServicePort) -> [ServicePort] {
        map { $0.name == old.name ? new : $0 }
    }
}
