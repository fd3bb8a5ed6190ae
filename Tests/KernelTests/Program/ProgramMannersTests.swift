import Foundation
import Glibc
import TestSupport
import Testing

extension ProgramTests {
    @Suite("Limits and manners")
    struct Manners {
        private static let long = Scenario(repetitions: 40).yaml

        @Test("what was ignored at the start stays ignored: the run goes on", arguments: [SIGHUP, SIGINT, SIGTERM])
        func ignoredSignals(_ number: Int32) async throws {
            try await Workbench.with("ignored") { bench in
                let file = try bench.write(Self.long, to: "scenario.yaml")
                let names = [SIGHUP: "HUP", SIGINT: "INT", SIGTERM: "TERM"]
                let run = try bench.startRun(file, through: ["env", "--ignore-signal=\(names[number] ?? "")"])
                #expect(await run.says("trial 3 of"))
                run.signal(number)
                let result = try await run.end()
                #expect(result.exitCode == 0, "\(result.standardError)")
            }
        }

        @Test(
            "with few descriptors a run is refused with a sentence or goes well; with 64 it goes well",
            arguments: [12, 16, 20, 24, 28, 32, 40, 46, 47, 48, 52, 56, 60, 64]
        )
        func descriptors(_ limit: Int) async throws {
            try await Workbench.with("descriptors") { bench in
                let file = try bench.write(Scenario().yaml, to: "scenario.yaml")
                let run = try bench.startRun(file, through: ["prlimit", "--nofile=\(limit)", "--"])
                let result = try await run.end(within: .seconds(30))
                #expect(result.exitCode == 0 || (limit < 64 && result.exitCode == 3), "\(result.standardError)")
                guard result.exitCode == 3 else { return }
                #expect(result.standardError.contains("ulimit -n"))
                #expect(access("\(bench.directory)/results", F_OK) != 0)
            }
        }

        @Test("with too little room for addresses a run is refused with a sentence", arguments: [350_000, 1_000_000])
        func addresses(_ kibibytes: Int) async throws {
            try await Workbench.with("addresses") { bench in
                let file = try bench.write(Scenario().yaml, to: "scenario.yaml")
                let run = try bench.startRun(file, through: ["prlimit", "--as=\(kibibytes * 1024)", "--"])
                let result = try await run.end(within: .seconds(30))
                #expect(result.exitCode == 3)
                #expect(result.standardError.contains("ulimit -v"), "\(result.standardError)")
            }
        }

        @Test("a run that is refused leaves no file and no directory")
        func refused() async throws {
            try await Workbench.with("refused") { bench in
                let file = try bench.write(Self.long, to: "scenario.yaml")
                let holder = try bench.startRun(file)
                #expect(await holder.says("trial 2 of"))
                let place = ["--database", "\(bench.directory)/a/b.sqlite", "--plots", "\(bench.directory)/c/d"]
                let busy = try await bench.run(["run", file] + place)
                #expect(busy.exitCode == 3 && busy.standardError.contains("another run is measuring"))
                holder.signal(SIGTERM)
                _ = try await holder.end()
                try await bench.hide("/usr/bin/gnuplot")
                let missing = try await bench.run(["run", file] + place)
                #expect(missing.exitCode == 3 && missing.standardError.contains("gnuplot"))
                let down = try await bench.run(["lab", "down", "--database", "\(bench.directory)/a/b.sqlite"])
                #expect(down.exitCode == 0)
                for name in ["a", "c"] { #expect(access("\(bench.directory)/\(name)", F_OK) != 0, "\(name)") }
                #expect(!FileManager.default.fileExists(atPath: bench.seen("/run/netmachinery")))
            }
        }

        @Test(
            "agents are the program that runs, also when its file was exchanged or removed", arguments: [true, false])
        func ownProgram(_ isReplaced: Bool) async throws {
            try await Workbench.with("program") { bench in
                let program = "\(bench.directory)/netmachinery"
                try FileManager.default.copyItem(atPath: BuiltProgram.path(), toPath: program)
                let run = try bench.startRun(try bench.write(Self.long, to: "scenario.yaml"), program: program)
                #expect(await run.says("trial 2 of"))
                unlink(program)
                if isReplaced { _ = try bench.write("#!/bin/sh\nexit 9\n", to: "netmachinery", executable: true) }
                let result = try await run.end()
                #expect(result.exitCode == 0, "\(result.standardError)")
            }
        }

        @Test("programs are found in absolute directories only, by lab exec and whatever it starts")
        func labExec() async throws {
            try await Workbench.with("path") { bench in
                let store = ["--database", bench.database]
                #expect(try await bench.run(["lab", "up", "--nodes", "1"] + store).exitCode == 0)
                for name in ["nsenter", "id"] {
                    _ = try bench.write("#!/bin/sh\necho not the one of the system\n", to: name, executable: true)
                }
                for entry in ["", ".", "./"] {
                    let path = "\(entry):/usr/sbin:/usr/bin:/sbin:/bin"
                    let result = try await bench.run(
                        ["lab", "exec", "bridge/node0/pod0", "--", "id", "-u"],
                        through: ["env", "-C", bench.directory, "PATH=\(path)"])
                    #expect(result.exitCode == 0 && result.standardOutput == "0\n", "\(result.standardError)")
                }
                let missing = try await bench.run(["lab", "exec", "bridge/node0/pod0", "--", "no-such-program"])
                #expect(missing.exitCode == 2)
                #expect(try await bench.run(["lab", "down"] + store).exitCode == 0)
            }
        }

        @Test("a database of root's can be read by others, and nobody but root can write it")
        func database() async throws {
            try await Workbench.with("readers") { bench in
                let file = try bench.write(Scenario().yaml, to: "scenario.yaml")
                let open = ["sh", "-c", "umask 000; exec \"$@\"", "sh"]
                let run = try await bench.startRun(file, through: open).end()
                #expect(run.exitCode == 0, "\(run.standardError)")
                var facts = stat()
                #expect(stat(bench.database, &facts) == 0 && facts.st_mode & 0o777 == 0o644)
                #expect(stat("\(bench.directory)/results", &facts) == 0 && facts.st_mode & 0o022 == 0)
                let list = try await bench.run(
                    ["runs", "list", "--database", bench.database],
                    through: ["setpriv", "--reuid", "65534", "--clear-groups", "--"])
                #expect(list.exitCode == 0, "\(list.standardError)")
                #expect(list.standardOutput.contains("completed"))
            }
        }
    }
}
