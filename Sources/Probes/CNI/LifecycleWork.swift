import Contract
import LinuxHost
import NodeInventory
import PodAttachment
import Quantities
import Statistics

/// Pods are added to those that stand there, checked and deleted, each operation timed; then the node is compared.
///
/// An operation that a plugin fails is a finding, and takes nothing from the others.
struct LifecycleWork: Sendable {
    let bench: CNIBench

    /// Duplicate address detection alone takes up to two seconds, where nobody waits for it before.
    private static let patience: UInt64 = 5_000_000_000
    private static let watched = 3

    func run() async throws(ProbeFailure) {
        let standing = try await bench.fill(bench.operations.standing)
        guard let neighbour = standing.first else {
            throw ProbeFailure(.badPlan, "a pod has to be there before one is measured; ask for one at least")
        }
        let before = try await bench.snapshot()
        // Before any pod that is measured, for watching takes processor time.
        if bench.operations.conflist != nil { try await watch() }
        let pods = try await add(besides: neighbour)
        var failed: [OperationFailure] = []
        if bench.operations.checks, bench.driver.hasCheck {
            failed += try await each(.check, of: pods) { [bench] (pod: Pod) async throws(ProbeFailure) in
                try await ProbeFailure.ofPods { () async throws(PodError) in try await bench.driver.check(pod) }
            }
        }
        failed += try await askNetwork(times: pods.count)
        let deletion = try await each(.delete, of: pods) { [bench] (pod: Pod) async throws(ProbeFailure) in
            try await bench.detach(pod)
        }
        try report(failed + deletion)
        guard deletion.isEmpty else {
            // What is there still is that of the failed DEL, which is said, and no leak.
            await bench.sweep()
            return
        }
        let after = try await bench.snapshot()
        try LeakReport.requireNone(after.surplus(over: before))
        try await bench.drain(standing)
    }

    private func report(_ failed: [OperationFailure]) throws(ProbeFailure) {
        guard !failed.isEmpty else { return }
        for failure in failed { bench.output.emit(.remark(failure.remark)) }
        bench.output.emit(try ConformanceFinding.event(failed.map(\.finding)))
        let words = failed.compactMap(\.failure.words).joined(separator: "\n")
        guard !words.isEmpty else { return }
        bench.output.emit(.artifact(name: "plugin-output", mediaType: "text/plain", text: words))
    }

    /// Adds the pods; a pod counts as up when a packet has come through to it and back.
    private func add(besides neighbour: StandingPod) async throws(ProbeFailure) -> [Pod] {
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

    private func addOne(besides neighbour: StandingPod) async throws(ProbeFailure) -> Added {
        guard let family = PodAddresses.reached(neighbour.addresses)?.family else {
            throw ProbeFailure(
                .misplaced,
                "ADD gave no address to pod \(neighbour.pod.number) that another pod could send to; give the list an IPAM "
                    + "plugin with {{podCIDR}} or {{podCIDRv6}}"
            )
        }
        let pod = try await bench.makePod()
        // Before ADD, so that opening sockets is not taken for time that packets need.
        let probe = try FirstPacket(from: neighbour.pod, to: pod, family: family)
        let added = try await bench.attach(pod)
        guard let address = added.addresses.map(\.address).first(where: { $0.family == family }) else {
            throw ProbeFailure(
                .misplaced,
                "ADD gave pod \(neighbour.pod.number) an \(family.rawValue) address and pod \(pod.number) none; see what "
                    + "its IPAM plugin has left"
            )
        }
        do throws(ProbeFailure) {
            let time = try await probe.wait(
                for: address,
                since: added.end,
                patience: Self.patience,
                stop: bench.stop
            )
            try await bench.verify(pod, has: added.addresses)
            return Added(pod: pod, add: added.end - added.start, firstPacket: time)
        } catch {
            // That the interface is not there explains a silence better than the silence itself.
            try await bench.verify(pod, has: added.addresses)
            throw error
        }
    }

    /// Measures an operation on each pod, to the first failure, which then stands for the operation instead of numbers.
    private func each(
        _ operation: CNIMetrics.Operation,
        of pods: [Pod],
        _ body: @escaping @Sendable (Pod) async throws(ProbeFailure) -> UInt64
    ) async throws(ProbeFailure) -> [OperationFailure] {
        let cpu = bench.driver.cpuSeconds
        return try await measure(operation) { () async throws(ProbeFailure) in
            let durations = try await Workers.each(pods, atATime: bench.operations.concurrency, body)
            bench.sample(CNIMetrics.name(operation, "cpu"), (bench.driver.cpuSeconds - cpu) / Double(pods.count))
            return durations
        }
    }

    /// STATUS and GC, where the network is of a version that has them; one at a time, as a kubelet does.
    private func askNetwork(times: Int) async throws(ProbeFailure) -> [OperationFailure] {
        guard let driver = bench.driver as? PluginDriver, driver.hasStatus else { return [] }
        var failed = try await measure(.status) { () async throws(ProbeFailure) in
            try await repeated(times) { () async throws(PodError) in try await driver.status() }
        }
        guard driver.hasGarbageCollection else { return failed }
        failed += try await measure(.collectGarbage) { () async throws(ProbeFailure) in
            try await repeated(times) { () async throws(PodError) in
                try await driver.collectGarbage(keeping: bench.attached)
            }
        }
        return failed
    }

    private func repeated(
        _ times: Int, _ body: () async throws(PodError) -> UInt64
    ) async throws(ProbeFailure) -> [UInt64] {
        try await ProbeFailure.ofPods { () async throws(PodError) in
            var durations: [UInt64] = []
            for _ in 0..<times { durations.append(try await body()) }
            return durations
        }
    }

    private func measure(
        _ operation: CNIMetrics.Operation, _ body: () async throws(ProbeFailure) -> [UInt64]
    ) async throws(ProbeFailure) -> [OperationFailure] {
        do throws(ProbeFailure) {
            OperationReport.latencies(try await body(), of: operation).forEach(bench.output.emit)
            return []
        } catch {
            // That the whole was ended is no failure of a plugin.
            guard error.code != .stopped, !Task.isCancelled, !bench.stop.isTripped else { throw error }
            return [OperationFailure(operation: operation, failure: error)]
        }
    }

    /// A DEL that fails shows when it is measured.
    private func forget(_ pod: Pod) async {
        _ = try? await bench.detach(pod)
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
            await forget(pod)
            most.processes = max(most.processes, seen.processes)
            most.peakBytes = max(most.peakBytes, seen.peakBytes)
        }
        guard most.processes > 0 else { return }
        bench.sample(CNIMetrics.processes.name, Double(most.processes))
        bench.sample(CNIMetrics.peakMemory.name, Double(most.peakBytes))
    }
}
