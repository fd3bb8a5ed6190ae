import Foundation
import Glibc
import Results
import TestSupport
import Testing

extension ProgramTests {
    @Suite("Clean-up")
    struct Cleanup {
        private static let long = Scenario(tests: [Scenario.test("rr", "request-response", duration: "5s")]).yaml

        @Test("a killed run is marked as interrupted while somebody else holds the lock")
        func besideALock() async throws {
            try await Workbench.with("beside") { bench in
                let run = try bench.startRun(try bench.write(Self.long, to: "scenario.yaml"))
                #expect(await run.says("trial 1 of"))
                run.signal(SIGKILL)
                _ = try await run.end()
                let cleanup = try await bench.run(
                    ["cleanup", "--database", bench.database], through: ["flock", "/run/netmachinery.lock"])
                #expect(cleanup.exitCode == 0, "\(cleanup.standardError)")
                #expect(cleanup.standardOutput.contains("marked as interrupted"))
                #expect(try bench.lastRun().outcome == .interrupted)
            }
        }

        @Test("a run of another database that is going on is in use, and goes on")
        func otherDatabase() async throws {
            try await Workbench.with("otherrun") { bench in
                let run = try bench.startRun(try bench.write(Self.long, to: "scenario.yaml"))
                #expect(await run.says("trial 1 of"))
                for _ in 1...2 {
                    let other = ["cleanup", "--database", "\(bench.directory)/other.sqlite"]
                    let cleanup = try await bench.run(other)
                    #expect(cleanup.exitCode == 0, "\(cleanup.standardOutput)")
                    #expect(cleanup.standardOutput.contains("in use"))
                    #expect(cleanup.standardOutput.contains("of process \(run.processIdentifier)"))
                    #expect(!cleanup.standardOutput.contains("still there"))
                    try Store.open(at: "\(bench.directory)/other.sqlite").close()
                }
                #expect(try await run.end().exitCode == 0)
            }
        }

        @Test("pipes, devices and links among what plugins keep hold no clean-up up, and only ours go")
        func oddFiles() async throws {
            try await Workbench.with("oddfiles") { bench in
                try await bench.mount("-t", "tmpfs", "tmpfs", "/var/lib/cni")
                let state = bench.seen("/var/lib/cni")
                mkdir("\(state)/net", 0o755)
                #expect(mkfifo("\(state)/net/10.1.0.1", 0o600) == 0)
                symlink("/dev/zero", "\(state)/net/10.1.0.2")
                symlink("/", "\(state)/root")
                let cleanup = try await bench.run(["cleanup", "--database", bench.database], within: .seconds(20))
                #expect(cleanup.exitCode == 0, "\(cleanup.standardOutput)\(cleanup.standardError)")
                #expect(access("\(state)/net/10.1.0.1", F_OK) == 0)
            }
        }

        @Test("an agent without a run is found by its mark, in a namespace without a name, and ended")
        func orphan() async throws {
            try await Workbench.with("orphan") { bench in
                let boot = try String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
                    .trimmingCharacters(in: .whitespacesAndNewlines)
                // What an agent of a dead run could have left: a program in a namespace of its own.
                let orphan = try bench.start(
                    ["600"], environment: ["NETMACHINERY_RUN": "gone 2 1 \(boot)"],
                    through: ["unshare", "--net", "--"], program: "sleep")
                let end = ContinuousClock.now + .seconds(10)
                while bench.processes(named: "sleep").isEmpty, ContinuousClock.now < end {
                    try await Task.sleep(for: .milliseconds(5))
                }
                let cleanup = try await bench.run(["cleanup", "--database", bench.database])
                #expect(cleanup.exitCode == 0, "\(cleanup.standardError)")
                #expect(cleanup.standardOutput.contains("process \(orphan.processIdentifier) (sleep) of run gone"))
                #expect(try await orphan.end(within: .seconds(5)).exitCode == 128 + SIGTERM)
            }
        }
    }
}
