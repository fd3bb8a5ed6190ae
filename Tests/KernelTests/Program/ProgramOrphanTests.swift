import Foundation
import Glibc
import Results
import Statistics
import TestSupport
import Testing

extension ProgramTests {
    @Suite("What outlives a run")
    struct Orphans {
        private static func benchmark(_ operations: String) -> String {
            """
            apiVersion: networkmachinery.io/v1alpha1
            kind: CNIBenchmark
            metadata: {name: orphans}
            spec:
              networks: [{name: mine, conflist: ./mine.conflist}]
              pods: [3]
              sampled: 3
              operations: [\(operations)]
              repetitions: {minimum: 1, maximum: 1}
              settle: {maximumBackground: 100%, window: 10ms, patience: 10ms}

            """
        }

        private static let proxies = ServiceProxyScenario(
            proxies: ["none", "iptables-nft", "nftables"], services: ["20"],
            measure: ["program", "first-packet", "churn"], repetitions: 3)

        /// Everything that this program starts, and the program.
        private static func survivors(_ bench: Workbench) -> [String] {
            ["netmachinery", "iperf3", "exe", "setpriv", "nsenter", "unshare"].flatMap { name in
                bench.processes(named: name).map { "\($0) (\(name))" }
            }
        }

        @Test(
            "killed at 24 moments on a busy machine, a run has no agent left after a second, in whatever namespace it was",
            .timeLimit(.minutes(10))
        )
        func kills() async throws {
            try await Workbench.with("orphans") { bench in
                let busy = try (0..<4).map { number in
                    // Bounded, for tests that are killed themselves, and not of the bench.
                    try RunningProgram(
                        ["timeout", "300", "sh", "-c", "while :; do :; done"], output: "/dev/null",
                        error: "\(bench.directory)/busy\(number).txt")
                }
                defer { for program in busy { program.signal(SIGTERM) } }
                let stream = Scenario(tests: [Scenario.roundTrip, Scenario.stream], repetitions: 5)
                _ = try MeddlingPlugin(deed: "pass").install(on: bench)
                let files = [
                    try bench.write(stream.yaml, to: "stream.yaml"),
                    try bench.write(Self.benchmark("add, delete, restart-storm"), to: "bench.yaml"),
                    try bench.write(Self.proxies.yaml, to: "proxies.yaml"),
                ]
                let environment = try MeddlingPlugin(deed: "pass").install(on: bench)
                var generator = SeededGenerator(seed: 11)
                var killed = 0
                for moment in 0..<24 {
                    let run = try bench.startRun(files[moment % 3], "--kernel", "host", environment: environment)
                    try await Task.sleep(for: .milliseconds(Int.random(in: 200..<5_000, using: &generator)))
                    run.signal(SIGKILL)
                    killed += try await run.end().exitCode == 128 + SIGKILL ? 1 : 0
                    try await Task.sleep(for: .seconds(1))
                    #expect(Self.survivors(bench).isEmpty, "moment \(moment)")
                    let cleanup = try await bench.run(["cleanup", "--database", bench.database])
                    #expect(cleanup.exitCode == 0, "\(moment): \(cleanup.standardOutput)\(cleanup.standardError)")
                    let left = try await bench.leftovers()
                    #expect(left.isEmpty, "moment \(moment): \(left)")
                }
                #expect(killed >= 12)
                #expect(try bench.store().runs(matching: RunFilter(outcome: .running)).isEmpty)
            }
        }

        @Test("an agent that was stopped dies with its run all the same")
        func stopped() async throws {
            try await Workbench.with("stopped") { bench in
                let scenario = Scenario(tests: [Scenario.test("rr", "request-response", duration: "20s")])
                let run = try bench.startRun(try bench.write(scenario.yaml, to: "scenario.yaml"))
                let end = ContinuousClock.now + .seconds(20)
                var agents: [Int32] = []
                while agents.count < 2, ContinuousClock.now < end {
                    agents = bench.processes(named: "netmachinery").filter { $0 != run.processIdentifier }
                    try await Task.sleep(for: .milliseconds(20))
                }
                try #require(agents.count == 2)
                try await Task.sleep(for: .milliseconds(500))
                for agent in agents { kill(agent, SIGSTOP) }
                run.signal(SIGKILL)
                _ = try await run.end()
                try await Task.sleep(for: .seconds(1))
                #expect(Self.survivors(bench).isEmpty)
                #expect(try await bench.run(["cleanup", "--database", bench.database]).exitCode == 0)
            }
        }

        @Test(
            "a daemon that a plugin started goes with the run, whether that ends or is killed",
            arguments: [false, true])
        func daemons(_ isKilled: Bool) async throws {
            try await Workbench.with("daemons") { bench in
                let environment = try MeddlingPlugin.daemon.install(on: bench)
                let operations = isKilled ? "add, delete, restart-storm, conformance" : "add, delete"
                let file = try bench.write(Self.benchmark(operations), to: "scenario.yaml")
                let run = try bench.startRun(file, environment: environment)
                let end = ContinuousClock.now + .seconds(30)
                while bench.processes(named: "sleep").isEmpty, ContinuousClock.now < end, !run.hasEnded {
                    try await Task.sleep(for: .milliseconds(2))
                }
                if isKilled {
                    #expect(!bench.processes(named: "sleep").isEmpty)
                    run.signal(SIGKILL)
                }
                let result = try await run.end()
                #expect(isKilled || result.exitCode == 0, "\(result.standardError)")
                try await Task.sleep(for: .seconds(1))
                #expect(bench.processes(named: "sleep").isEmpty)
                #expect(try await bench.run(["cleanup", "--database", bench.database]).exitCode == 0)
            }
        }

        @Test("a plugin that makes a file in the place of a namespace leaves it nowhere, and that is told")
        func file() async throws {
            try await Workbench.with("locker") { bench in
                let environment = try MeddlingPlugin.locker.install(on: bench)
                let run = try bench.startRun(
                    try bench.write(Self.benchmark("conformance"), to: "scenario.yaml"), environment: environment)
                let result = try await run.end()
                #expect(result.exitCode == 0, "\(result.standardOutput)\(result.standardError)")
                let told = try bench.store().events(runID: bench.lastRun().id).filter { $0.name == "conformance" }
                #expect(told.contains { $0.detail.contains("it made a file in the namespace's place") })
                #expect(!FileManager.default.fileExists(atPath: bench.seen("/run/netmachinery")))
            }
        }
    }
}
