import Contract
import Glibc
import Processes
import Results
import TestSupport
import Testing

extension ProgramTests {
    @Suite("Kernel guest", .enabled(if: Requirement.guest, Comment(rawValue: Requirement.guestReason)))
    struct KernelGuest {
        @Test("a run in a guest is stored by the host, with the kernel that it ran on")
        func run() async throws {
            try await Workbench.with("guestrun") { bench in
                let file = try bench.write(Scenario(repetitions: 1).yaml, to: "scenario.yaml")
                let run = try bench.startRun(file, "--kernel", "guest", "--seed", "7", "--label", "build=417")
                let result = try await run.end(within: .seconds(280))
                #expect(result.exitCode == 0, "\(result.standardError)")
                #expect(result.standardError.contains("trial 1 of 1"))
                let store = try bench.store()
                let stored = try bench.lastRun()
                #expect(stored.outcome == .completed)
                #expect(stored.seed == 7)
                #expect(stored.labels == ["build": "417"])
                #expect(try store.trials(runID: stored.id).map(\.outcome) == [.completed])
                #expect(try !store.samples(runID: stored.id).isEmpty)
                let environment = try store.environment(runID: stored.id)
                #expect(environment["kernel.where"] == "guest")
                #expect(["kvm", "tcg"].contains(environment["kernel.accelerator"]))
                #expect(environment["kernel.release"] != environment["guest.host_kernel"])
                #expect(try store.ledgerEntries().isEmpty)
            }
        }

        @Test("a signal ends the run inside and then the guest; trials that ended are stored")
        func signal() async throws {
            try await Workbench.with("guestsignal") { bench in
                let file = try bench.write(Scenario(repetitions: 1000).yaml, to: "scenario.yaml")
                let run = try bench.startRun(file, "--kernel", "guest")
                #expect(await run.says("trial 2 of", within: .seconds(200)))
                run.signal(SIGTERM)
                let result = try await run.end(within: .seconds(100))
                #expect(result.exitCode == 130, "\(result.standardError)")
                #expect(result.standardError.contains("interrupted by SIGTERM"))
                let stored = try bench.lastRun()
                #expect(stored.outcome == .interrupted)
                #expect(try bench.store().trials(runID: stored.id).count >= 1)
                #expect(try bench.store().ledgerEntries().isEmpty)
            }
        }

        @Test("killed, the program takes its guest with it, and clean-up finds the rest")
        func killed() async throws {
            try await Workbench.with("guestkill") { bench in
                let file = try bench.write(Scenario().yaml, to: "scenario.yaml")
                let run = try bench.startRun(file, "--kernel", "guest")
                #expect(await run.says("booting Linux"))
                let end = ContinuousClock.now + .seconds(20)
                while bench.processes(named: "qemu-system-x86").isEmpty {
                    try #require(ContinuousClock.now < end, "no QEMU was started: \(run.standardError)")
                    try await Task.sleep(for: .milliseconds(10))
                }
                run.signal(SIGKILL)
                #expect(try await run.end().exitCode == 128 + SIGKILL)
                let left = try await bench.leftovers(patience: .seconds(2))
                #expect(left.count == 1 && left[0].hasPrefix("directory /run/netmachinery/"), "\(left)")
                let cleanup = try await bench.run(["cleanup", "--database", bench.database])
                #expect(cleanup.exitCode == 0, "\(cleanup.standardError)")
                #expect(cleanup.standardOutput.contains("guest /run/netmachinery/"))
                #expect(try bench.store().ledgerEntries().isEmpty)
            }
        }

        @Test("without its packages a guest that is asked for is refused, and doctor says what to install")
        func missing() async throws {
            try await Workbench.with("guestmissing") { bench in
                try await bench.hide(try #require(Programs.find("qemu-system-x86_64")))
                let file = try bench.write(Scenario(repetitions: 1).yaml, to: "scenario.yaml")
                let refused = try await bench.startRun(file, "--kernel", "guest").end()
                #expect(refused.exitCode == 3)
                #expect(refused.standardError.contains("apt-get install qemu-system-x86"))
                #expect(try await bench.startRun(file).end().exitCode == 0)
                let doctor = try await bench.run(["doctor"])
                #expect(doctor.standardOutput.contains("apt-get install qemu-system-x86"))
            }
        }
    }
}
