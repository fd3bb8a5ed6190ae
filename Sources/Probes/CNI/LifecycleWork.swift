import LinuxHost
import Quantities
import Statistics

/// Pods are added to those that stand there, checked and deleted, each operation timed; then the node is compared.
struct LifecycleWork: Sendable {
    let bench: CNIBench

    private static let patience: UInt64 = 3_000_000_000
    private static let watched = 3

    func run() async throws(ProbeFailure) {
        let standing = try await bench.fill(bench.operations.standing)
        guard let neighbour = standing.first?.pod else {
            throw ProbeFailure(.badPlan, "a pod has to be there before one is measured; ask for one at least")
        }
        let before = try await bench.snapshot()
        if bench.operations.conflist != nil { try await watch() }
        let pods = try await add(besides: neighbour)
        if bench.operations.checks, bench.driver.hasCheck {
            try await each(.check, of: pods) { [bench] (pod: Pod) async throws(ProbeFailure) in
                try await bench.driver.check(pod)
            }
        }
        try await askNetwork(times: pods.count)
        try await each(.delete, of: pods) { [bench] (pod: Pod) async throws(ProbeFailure) in
            try await bench.detach(pod)
        }
        let after = try await bench.snapshot()
        try LeakReport.requireNone(after.surplus(over: before))
        try await bench.drain(standing)
    }

    /// Adds the pods; a pod counts as up when a packet has come through to it and back.
    private func add(besides neighbour: Pod) async throws(ProbeFailure) -> [Pod] {
        let count = bench.operations.measured
        let cpu = bench.driver.cpuSeconds
        let start = Clock.monotonicNanoseconds()
        let added = try await Workers.each(Array(0..<count), atATime: bench.operations.concurrency) {
            [self] (_: Int) async throws(ProbeFailure) in
            try await addOne(besides: neighbour)
        }
        bench.sample(CNIMetrics.podsPerSecond.name, bench.rate(of: count, since: start))
        bench.sample(CNIMetrics.name(.add, "cpu"), (bench.driver.cpuSeconds - cpu) / Double(count))
        OperationReport.latencies(added.map(\.add), of: .add).forEach(bench.output.emit)
        OperationReport.firstPackets(added.map(\.firstPacket)).forEach(bench.output.emit)
        return added.map(\.pod)
    }

    private struct Added: Sendable {
        let pod: Pod
        let add: UInt64
        let firstPacket: UInt64
    }

    private func addOne(besides neighbour: Pod) async throws(ProbeFailure) -> Added {
        let pod = try await bench.makePod()
        let probe = try FirstPacket(from: neighbour, to: pod)
        let added = try await bench.attach(pod)
        guard let address = added.addresses.first(where: { $0.address.family == .ipv4 })?.address else {
            throw ProbeFailure(.misplaced, "ADD gave no IPv4 address to a pod; give the network IPv4 addresses")
        }
        do throws(ProbeFailure) {
            let time = try await probe.wait(
                for: address,
                since: added.end,
                patience: Self.patience,
                stop: bench.stop
            )
            try await PodInspection.verify(pod, has: added.addresses)
            return Added(pod: pod, add: added.end - added.start, firstPacket: time)
        } catch {
            // That the interface is not there explains a silence better than the silence itself.
            try await PodInspection.verify(pod, has: added.addresses)
            throw error
        }
    }

    private func each(
        _ operation: CNIMetrics.Operation,
        of pods: [Pod],
        _ body: @escaping @Sendable (Pod) async throws(ProbeFailure) -> UInt64
    ) async throws(ProbeFailure) {
        let cpu = bench.driver.cpuSeconds
        let durations = try await Workers.each(pods, atATime: bench.operations.concurrency, body)
        bench.sample(CNIMetrics.name(operation, "cpu"), (bench.driver.cpuSeconds - cpu) / Double(pods.count))
        OperationReport.latencies(durations, of: operation).forEach(bench.output.emit)
    }

    /// STATUS and GC, where the network is of a version that has them; one at a time, as a kubelet does.
    private func askNetwork(times: Int) async throws(ProbeFailure) {
        guard let driver = bench.driver as? PluginDriver, driver.hasStatus else { return }
        var (status, garbage) = ([UInt64](), [UInt64]())
        for _ in 0..<times { status.append(try await driver.status()) }
        OperationReport.latencies(status, of: .status).forEach(bench.output.emit)
        guard driver.hasGarbageCollection else { return }
        for _ in 0..<times { garbage.append(try await driver.collectGarbage(keeping: bench.attached)) }
        OperationReport.latencies(garbage, of: .collectGarbage).forEach(bench.output.emit)
    }

    /// Some ADDs that are not timed, with somebody watching their processes.
    ///
    /// Who looks can only miss something, so the most that was seen is nearest to the truth.
    private func watch() async throws(ProbeFailure) {
        var most = ProcessWatch.Finding()
        for _ in 0..<Self.watched {
            let pod = try await bench.makePod()
            let seen = try await ProcessWatch().during { [bench] () async throws(ProbeFailure) in
                try await bench.attach(pod)
            }.finding
            _ = try await bench.detach(pod)
            most.processes = max(most.processes, seen.processes)
            most.peakBytes = max(most.peakBytes, seen.peakBytes)
        }
        guard most.processes > 0 else { return }
        bench.sample(CNIMetrics.processes.name, Double(most.processes))
        bench.sample(CNIMetrics.peakMemory.name, Double(most.peakBytes))
    }
}
