import Foundation
import TestSupport
import Testing

extension ProgramTests {
    @Suite("Names of namespaces on a fresh machine")
    struct Names {
        private static func ip(_ bench: Workbench, _ words: String...) async throws -> ProgramResult {
            try await bench.run(["netns"] + words, program: "ip")
        }

        @Test("the first `ip netns add` of the machine, while a lab is up, is in nobody's way")
        func firstAdd() async throws {
            try await Workbench.with("firstadd") { bench in
                let store = ["--database", bench.database]
                #expect(try await bench.run(["lab", "up"] + store).exitCode == 0)
                #expect(try await Self.ip(bench, "add", "somebody").exitCode == 0)
                let listed = try await Self.ip(bench, "list")
                #expect(listed.standardError.isEmpty, "\(listed.standardError)")
                let down = try await bench.run(["lab", "down"] + store)
                #expect(down.exitCode == 0, "\(down.standardError)")
                #expect(try await Self.ip(bench, "list").standardOutput.hasPrefix("somebody"))
                #expect(try await Self.ip(bench, "delete", "somebody").exitCode == 0)
            }
        }

        @Test("when several add at the same moment on a fresh machine, nobody covers the others' names")
        func together() async throws {
            try await Workbench.with("together") { bench in
                let database = ["--database", bench.database]
                for round in 0..<5 {
                    let up = try bench.start(["lab", "up", "--nodes", "1"] + database)
                    let adds = try (0..<6).map { try bench.start(["netns", "add", "other\($0)"], program: "ip") }
                    for add in adds { #expect(try await add.end().exitCode == 0) }
                    #expect(try await up.end().exitCode == 0)
                    let down = try await bench.run(["lab", "down"] + database)
                    #expect(down.exitCode == 0, "round \(round): \(down.standardError)")
                    for number in 0..<6 { #expect(try await Self.ip(bench, "delete", "other\(number)").exitCode == 0) }
                    // A fresh machine again.
                    try await bench.unmount("/run/netns")
                }
            }
        }

        @Test("names that a later mount covers, as of an older version, are found and removed")
        func covered() async throws {
            try await Workbench.with("covered") { bench in
                let database = ["--database", bench.database]
                #expect(try await bench.run(["lab", "up", "--nodes", "1"] + database).exitCode == 0)
                // As it was before the directory was made a mount point: the names are in the mount of /run.
                let names = try FileManager.default.contentsOfDirectory(atPath: bench.seen("/run/netns"))
                #expect(names.count == 3)
                for name in names {
                    #expect(FileManager.default.createFile(atPath: bench.seen("/run/\(name)"), contents: nil))
                    try await bench.mount("--bind", "/run/netns/\(name)", "/run/\(name)")
                }
                try await bench.unmount("/run/netns")
                for name in names { try await bench.mount("--bind", "/run/\(name)", "/run/netns/\(name)") }
                for name in names { try await bench.unmount("/run/\(name)") }
                #expect(try await Self.ip(bench, "add", "somebody").exitCode == 0)
                let down = try await bench.run(["lab", "down"] + database)
                #expect(down.exitCode == 0, "\(down.standardError)")
                let mounts = try await bench.run(["/proc/self/mountinfo"], program: "cat").standardOutput
                #expect(mounts.contains("somebody") && !mounts.contains("nm-lab_lab"))
                #expect(try await Self.ip(bench, "delete", "somebody").exitCode == 0)
            }
        }
    }
}
