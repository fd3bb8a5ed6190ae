import Foundation
import Glibc
import Statistics
import TestSupport
import Testing

extension ProgramTests.Kill {
    private static let benchmarkMoments = 20

    /// Where a user's list has its leases: a directory of the host's, in which nothing of ours may ever be.
    private static let leases = "/var/lib/cni/nmx-kill-\(getpid())"

    private static let benchmark = """
        apiVersion: networkmachinery.io/v1alpha1
        kind: CNIBenchmark
        metadata: {name: killed}
        spec:
          networks:
          - {name: floor, preset: netlink}
          - {name: bridge, preset: bridge}
          - {name: host, conflist: ./host.conflist}
          pods: [5]
          concurrency: [2]
          sampled: 3
          operations: [add, check, delete, restart-storm]
          repetitions: {minimum: 2, maximum: 2}
          settle: {maximumBackground: 100%, window: 10ms, patience: 10ms}

        """

    private static let conflist = """
        {"cniVersion": "1.0.0", "name": "{{name}}", "plugins": [{"type": "ptp", "ipam": {"type": "host-local",
        "dataDir": "\(leases)", "ranges": [[{"subnet": "{{podCIDR}}"}]]}}]}
        """

    @Test("killed at 20 moments, a CNIBenchmark leaves no pod, no link and no lease that clean-up does not remove")
    func cniBenchmark() async throws {
        defer { try? FileManager.default.removeItem(atPath: Self.leases) }
        try await Workbench.with("killcni") { bench in
            _ = try bench.write(Self.conflist, to: "host.conflist")
            let file = try bench.write(Self.benchmark, to: "scenario.yaml")
            let clock = ContinuousClock()
            let start = clock.now
            let whole = try await bench.startRun(file).end()
            try #require(whole.exitCode == 0, "\(whole.standardError)")
            #expect(!FileManager.default.fileExists(atPath: Self.leases))
            let length = clock.now - start
            var generator = SeededGenerator(seed: 5)
            var (killed, left) = (0, 0)
            for moment in 0..<Self.benchmarkMoments {
                let share =
                    (Double(moment) + Double.random(in: 0..<1, using: &generator)) / Double(Self.benchmarkMoments)
                let run = try bench.startRun(file)
                try await clock.sleep(for: length * share)
                run.signal(SIGKILL)
                let result = try await run.end()
                killed += result.exitCode == 128 + SIGKILL ? 1 : 0
                left += try await bench.leftovers(patience: .zero).isEmpty ? 0 : 1
                #expect(!FileManager.default.fileExists(atPath: Self.leases), "\(moment)")
                let cleanup = try await bench.run(["cleanup", "--database", bench.database])
                #expect(cleanup.exitCode == 0, "\(moment): \(cleanup.standardOutput)\(cleanup.standardError)")
                let remaining = try await bench.leftovers()
                #expect(remaining.isEmpty, "\(moment): \(remaining) after \(cleanup.standardOutput)")
            }
            #expect(killed >= Self.benchmarkMoments / 2)
            #expect(left >= Self.benchmarkMoments / 4)
        }
    }
}
