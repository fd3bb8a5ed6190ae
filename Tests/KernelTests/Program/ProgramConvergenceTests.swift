import Contract
import Foundation
import Results
import TestSupport
import Testing

extension ProgramTests {
    @Suite("How long until a path is as expected")
    struct Convergence {
        /// What one attempt may take, and what lies between two: a path that is open is seen so much later at most.
        private static let attempt = (timeout: 0.1, interval: 0.01)
        /// What this machine may take between what is done and what is noted of it.
        private static let slack = (below: 0.02, above: 0.3)

        @Test("a block that goes at a known time: what is measured is that time, and at most one attempt more")
        func block() async throws {
            try await StandingLab.with("converge", pods: 1) { lab in
                let target = try lab.address(of: "node1/pod0")
                try await lab.run(
                    [
                        "nft",
                        "add table ip wall; add chain ip wall in { type filter hook input priority 0; };"
                            + " add rule ip wall in ip protocol icmp counter drop",
                    ], in: "node1/pod0")
                let file = try lab.bench.write(
                    """
                    apiVersion: networkmachinery.io/v1alpha1
                    kind: NetworkConnectivityTest
                    metadata: {name: converge}
                    spec:
                      layer: 3
                      source: {name: node0-pod0}
                      destinations: [{kind: ip, ip: \(target)}]
                      converge: true
                      deadline: 20s
                      timeout: 100ms
                      interval: 10ms
                      count: 3

                    """, to: "converge.yaml")
                let run = try lab.bench.startRun(file, "--lab", "lab")
                let clock = ContinuousClock()
                let begun = try await Self.firstPacket(in: lab, run)
                try await clock.sleep(for: .milliseconds(1_500))
                let opening = clock.now
                try await lab.run(["nft", "delete table ip wall"], in: "node1/pod0")
                let open = clock.now
                let result = try await run.end(within: .seconds(60))
                #expect(result.exitCode == 0, "\(result.standardError)\n\(result.standardOutput)")
                let samples = try lab.bench.store().samples(
                    runID: try lab.bench.lastRun().id, metric: "converged_after")
                let measured = try #require(samples.first)
                #expect(samples.count == 1 && !measured.censored)
                // It went at some time while it was being taken away, and the first packet came at some time before it was seen.
                let least = (opening - begun.latest) / .seconds(1) - Self.slack.below
                let most =
                    (open - begun.earliest) / .seconds(1) + Self.attempt.timeout + Self.attempt.interval
                    + Self.slack.above
                #expect((least...most).contains(measured.value), "\(measured.value) is not in \(least)…\(most)")
            }
        }

        /// Between which times the first packet was dropped, by the counter of the rule.
        private static func firstPacket(
            in lab: StandingLab, _ run: RunningProgram
        ) async throws -> (earliest: ContinuousClock.Instant, latest: ContinuousClock.Instant) {
            let clock = ContinuousClock()
            let end = clock.now + .seconds(60)
            var earliest = clock.now
            while true {
                let asked = clock.now
                let rules = try await lab.run(["nft", "list", "table", "ip", "wall"], in: "node1/pod0")
                if !rules.contains("packets 0 ") { return (earliest, clock.now) }
                earliest = asked
                try #require(clock.now < end && !run.hasEnded, "no packet came: \(run.standardError)")
            }
        }
    }
}
