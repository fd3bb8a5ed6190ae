import Contract
import LinuxHost
import NodeInventory
import PodAttachment
import Statistics

/// All pods are deleted and added again at once, as after the restart of a node.
struct RestartStormWork: Sendable {
    let bench: CNIBench

    private struct Restart: Sendable {
        let standing: StandingPod
        let delete: UInt64
        let add: UInt64
    }

    func run() async throws(ProbeFailure) {
        let pods = try await bench.fill(bench.operations.standing)
        let before = try await bench.snapshot()
        let start = Clock.monotonicNanoseconds()
        let restarts = try await Workers.each(pods, atATime: bench.operations.concurrency) {
            [bench] (old: StandingPod) async throws(ProbeFailure) in
            let delete = try await bench.detach(old.pod)
            let pod = try await bench.makePod()
            let added = try await bench.attach(pod)
            return Restart(
                standing: StandingPod(pod: pod, addresses: added.addresses),
                delete: delete,
                add: added.end - added.start
            )
        }
        let seconds = Double(Clock.monotonicNanoseconds() - start) / 1e9
        for restart in restarts {
            try await bench.verify(restart.standing.pod, has: restart.standing.addresses)
        }
        bench.sample(CNIMetrics.stormDuration.name, seconds)
        bench.sample(CNIMetrics.stormRate.name, Double(restarts.count) / seconds)
        OperationReport.distribution(restarts.map(\.delete), of: .delete).forEach(bench.output.emit)
        OperationReport.distribution(restarts.map(\.add), of: .add).forEach(bench.output.emit)
        let after = try await bench.snapshot()
        // Pods have other addresses and links than before, so the numbers are compared, kind by kind.
        try LeakReport.requireNone(SnapshotCount.growth(from: before, to: after))
        try await bench.drain(restarts.map(\.standing))
    }
}
