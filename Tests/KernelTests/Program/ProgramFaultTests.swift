import Contract
import Foundation
import Glibc
import Processes
import Results
import TestSupport
import Testing

extension ProgramTests {
    @Suite("Faults in the middle")
    struct Faults {
        @Test("a network whose addresses run out fails in its plugin's words, and the others are measured")
        func addressesExhausted() async throws {
            try await Workbench.with("exhausted") { bench in
                let list = try bench.write(
                    """
                    {"cniVersion": "1.0.0", "name": "small", "plugins": [{"type": "bridge", "bridge": "cni0", "isGateway":
                    true, "ipam": {"type": "host-local", "ranges": [[{"subnet": "10.9.0.0/29"}]]}}]}
                    """,
                    to: "small.conflist"
                )
                let scenario = Scenario(
                    networks: ["{name: small, conflist: \(list)}", "{name: large, preset: bridge}"], podsPerNode: 4)
                let result = try await bench.startRun(try bench.write(scenario.yaml, to: "scenario.yaml")).end()
                #expect(result.exitCode == 4, "\(result.standardError)")
                #expect(result.standardError.contains("no IP addresses available in range set: 10.9.0.1-10.9.0.6"))
                let run = try bench.lastRun()
                #expect(run.outcome == .trialsFailed)
                let trials = try bench.store().trials(runID: run.id)
                let outcomes = Dictionary(grouping: trials) { $0.factors["network"] ?? "" }
                    .mapValues { $0.map(\.outcome) }
                #expect(outcomes == ["small": [.failed, .failed], "large": [.completed, .completed]])
                let reasons = trials.filter { $0.outcome == .failed }.compactMap(\.reason)
                #expect(reasons.allSatisfy { $0.contains("no IP addresses available") })
            }
        }

        @Test("a disk that is full ends the run with words, keeps its trials, and leaves nothing")
        func fullDisk() async throws {
            try await Workbench.with("full") { bench in
                let results = URL(fileURLWithPath: bench.database).deletingLastPathComponent().path
                try FileManager.default.createDirectory(atPath: results, withIntermediateDirectories: true)
                try await bench.mount("-t", "tmpfs", "-o", "size=640k", "tmpfs", results)
                let file = try bench.write(Scenario(repetitions: 1_000).yaml, to: "scenario.yaml")
                let result = try await bench.startRun(file).end(within: .seconds(90))
                #expect(result.exitCode == 3, "\(result.standardError)")
                #expect(result.standardError.contains("no space is left"))
                #expect(result.standardError.contains("Make room on the file system of \(bench.database)"))
                let announced = TrialAnnouncements(result.standardError)
                #expect(announced.begun > 1)

                // Looked at where there is room: reading a database needs some.
                let copy = "\(bench.directory)/copy"
                try FileManager.default.copyItem(atPath: bench.seen(results), toPath: copy)
                let store = try Store.open(at: "\(copy)/netmachinery.sqlite", mode: .readWrite)
                let trials = try store.trials(runID: try store.run("latest").id)
                #expect(trials.count >= announced.begun - 1)
                #expect(trials.allSatisfy { $0.outcome == .completed })
                let left = try await bench.leftovers()
                #expect(left.isEmpty)
                let cleanup = try await bench.run(["cleanup", "--database", "\(copy)/netmachinery.sqlite"])
                #expect(cleanup.exitCode == 0)
            }
        }

        @Test("a probe that never ends is ended at its deadline, and the run goes on")
        func endless() async throws {
            try await Workbench.with("endless") { bench in
                let path = try bench.fakeIperf3(client: "exec sleep 300")
                let scenario = Scenario(tests: [Scenario.stream, Scenario.roundTrip], repetitions: 1)
                let result = try await bench.startRun(
                    try bench.write(scenario.yaml, to: "scenario.yaml"), environment: ["PATH": path]
                ).end()
                #expect(result.exitCode == 4, "\(result.standardError)")
                #expect(result.standardError.contains("timedOut: bridge same-node stream"))
                let trials = try bench.store().trials(runID: try bench.lastRun().id)
                let outcomes = Dictionary(uniqueKeysWithValues: trials.map { ($0.factors["test"] ?? "", $0.outcome) })
                #expect(outcomes == ["stream": .timedOut, "rr": .completed])
            }
        }

        @Test(
            "an iperf3 that prints rubbish is a failed trial with a reason, and what it printed is kept",
            arguments: ["client", "server"])
        func rubbish(_ end: String) async throws {
            try await Workbench.with("rubbish") { bench in
                let script = "echo 'Segmentation {fault'; exit 0"
                let path = try bench.fakeIperf3(server: end == "server" ? script : nil, client: script)
                let scenario = Scenario(tests: [Scenario.stream, Scenario.roundTrip], repetitions: 2)
                let result = try await bench.startRun(
                    try bench.write(scenario.yaml, to: "scenario.yaml"), environment: ["PATH": path]
                ).end()
                #expect(result.exitCode == 4, "\(result.standardError)")
                #expect(result.standardError.contains("failed: bridge same-node stream"))
                let store = try bench.store()
                let run = try bench.lastRun()
                let failed = try store.trials(runID: run.id).filter { $0.outcome == .failed }
                #expect(failed.count == 2)
                #expect(failed.allSatisfy { $0.factors["test"] == "stream" && $0.reason?.isEmpty == false })
                let kept = try store.artifacts(runID: run.id)
                #expect(Set(kept.filter { $0.data.contains("Segmentation {fault") }.map(\.trialID)).count == 2)
            }
        }

        @Test("an agent that is killed is a failed trial, and the run goes on")
        func killedAgent() async throws {
            try await Workbench.with("agent") { bench in
                let scenario = Scenario(
                    tests: [Scenario.test("rr", "request-response", duration: "400ms")], repetitions: 3)
                let run = try bench.startRun(try bench.write(scenario.yaml, to: "scenario.yaml"))
                #expect(await run.says("trial 1 of 3"))
                var agents: [Int32] = []
                while agents.count < 2, !run.hasEnded {
                    agents = bench.processes(named: "netmachinery").filter { $0 != run.processIdentifier }
                    try await Task.sleep(for: .milliseconds(5))
                }
                for agent in agents { kill(agent, SIGKILL) }
                let result = try await run.end()
                #expect(result.exitCode == 4, "\(result.standardError)")
                let trials = try bench.store().trials(runID: try bench.lastRun().id)
                #expect(trials.map(\.outcome) == [.failed, .completed, .completed])
                #expect(trials.first?.reason?.contains("bridge/node0/pod") == true)
            }
        }

        @Test("a program that a tool leaves running in a pod is gone with the run")
        func daemon() async throws {
            try await Workbench.with("daemon") { bench in
                let path = try bench.fakeIperf3(
                    client:
                        "trap '' TERM; setsid sh -c \"trap '' TERM HUP; while :; do sleep 100; done\" >/dev/null 2>&1 &\nexit 1"
                )
                let scenario = Scenario(tests: [Scenario.stream], repetitions: 1)
                let result = try await bench.startRun(
                    try bench.write(scenario.yaml, to: "scenario.yaml"), environment: ["PATH": path]
                ).end()
                #expect(result.exitCode == 4, "\(result.standardError)")
                let left = try await bench.leftovers()
                #expect(left.isEmpty)
            }
        }

        @Test(
            "a plugin that fails or answers rubbish ends the run in its words, when there is no other network",
            arguments: [
                ("echo 'Segmentation {fault'", "Segmentation {fault"),
                (
                    "echo '{\"cniVersion\": \"1.0.0\", \"code\": 11, \"msg\": \"the moon is full\"}'; exit 1",
                    "the moon is full"
                ),
                ("echo 'no luck today' >&2; exit 3", "no luck today"),
            ])
        func badPlugin(_ script: String, _ words: String) async throws {
            try await Workbench.with("badplugin") { bench in
                for name in ["bridge", "host-local"] {
                    _ = try bench.write("#!/bin/sh\n\(script)\n", to: "cni/\(name)", executable: true)
                }
                let file = try bench.write(Scenario().yaml, to: "scenario.yaml")
                let result = try await bench.startRun(file, environment: ["CNI_PATH": "\(bench.directory)/cni"]).end()
                #expect(result.exitCode == 3, "\(result.standardError)")
                #expect(result.standardError.contains(words))
                let left = try await bench.leftovers()
                #expect(left.isEmpty)
                #expect(try bench.lastRun().outcome == .failed)
                let cleanup = try await bench.run(["cleanup", "--database", bench.database])
                #expect(cleanup.exitCode == 0, "\(cleanup.standardOutput)\(cleanup.standardError)")
            }
        }

        @Test("a report that cannot be written is said, and the run is stored")
        func noRoomForPictures() async throws {
            try await Workbench.with("pictures") { bench in
                try FileManager.default.createDirectory(atPath: bench.plots, withIntermediateDirectories: true)
                try await bench.mount("-t", "tmpfs", "-o", "size=64k", "tmpfs", bench.plots)
                let file = try bench.write(Scenario().yaml, to: "scenario.yaml")
                let result = try await bench.startRun(file).end()
                #expect(result.exitCode == 3)
                #expect(result.standardError.contains("the run is stored, but its report could not be written"))
                #expect(result.standardError.contains("netmachinery report "))
                #expect(try bench.lastRun().outcome == .completed)
            }
        }

        @Test("an iperf3 server that never listens is ended at its deadline")
        func deafServer() async throws {
            try await Workbench.with("deaf") { bench in
                let path = try bench.fakeIperf3(server: "exec sleep 300", client: "exit 1")
                let scenario = Scenario(tests: [Scenario.stream], repetitions: 1)
                let result = try await bench.startRun(
                    try bench.write(scenario.yaml, to: "scenario.yaml"), environment: ["PATH": path]
                ).end()
                #expect(result.exitCode == 4, "\(result.standardError)")
                let trials = try bench.store().trials(runID: try bench.lastRun().id)
                #expect(trials.map(\.outcome) == [.timedOut])
                #expect(trials.first?.reason?.contains("iperf3 did not listen at port") == true)
            }
        }
    }
}

extension Workbench {
    /// A `PATH` with an iperf3 before the real one that does something else as a client, or as a server.
    fileprivate func fakeIperf3(server: String? = nil, client: String) throws -> String {
        let real = try #require(Programs.find("iperf3"))
        let script = """
            #!/bin/sh
            case " $* " in
            *" --version "*|*" -v "*) exec \(real) "$@" ;;
            *" -s "*|*" --server "*) \(server ?? "exec \(real) \"$@\"") ;;
            *) \(client) ;;
            esac

            """
        let path = try write(script, to: "bin/iperf3", executable: true)
        let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
        return "\(directory):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"
    }
}
