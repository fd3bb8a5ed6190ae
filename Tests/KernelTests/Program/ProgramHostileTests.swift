import Foundation
import Quantities
import Results
import TestSupport
import Testing

extension ProgramTests {
    @Suite("Hostile surroundings")
    struct Hostile {
        private static let plugin = #"""
            #!/bin/sh
            # Fails in colours, over several lines.
            cat > /dev/null
            case $CNI_COMMAND in
            VERSION) echo '{"cniVersion": "1.0.0", "supportedVersions": ["1.0.0"]}' ;;
            ADD)
                printf '\033[31mred\033[0m\007\nnetmachinery: all is well\r\n' >&2
                printf '{"cniVersion": "1.0.0", "code": 11, "msg": "\\u001b]0;t\\u0007", "details": "a\\u0000b\\r\\nc"}'
                exit 1 ;;
            esac

            """#

        @Test("what a plugin says acts on no terminal and is one line, and the store keeps its words")
        func plugin() async throws {
            try await Workbench.with("colours") { bench in
                _ = try bench.write(Self.plugin, to: "plugins/coloured", executable: true)
                _ = try bench.write(
                    #"{"cniVersion": "1.0.0", "name": "mine", "plugins": [{"type": "coloured"}]}"#, to: "mine.conflist")
                let file = try bench.write(
                    """
                    apiVersion: networkmachinery.io/v1alpha1
                    kind: CNIBenchmark
                    metadata: {name: coloured}
                    spec:
                      networks: [{name: mine, conflist: mine.conflist}]
                      operations: [add, delete]
                      repetitions: {minimum: 1, maximum: 1}

                    """, to: "coloured.yaml")
                let run = try await bench.startRun(file, environment: ["CNI_PATH": "\(bench.directory)/plugins"]).end()
                #expect(run.exitCode == 4, "\(run.standardError)")
                let shown = try await bench.run(["runs", "show", "latest", "--database", bench.database])
                for text in [run.standardError, run.standardOutput, shown.standardOutput] {
                    #expect(!text.unicodeScalars.contains { $0 != "\n" && VisibleText.kind(of: $0) != .ordinary })
                    #expect(!text.split(separator: "\n").contains { $0.hasPrefix("netmachinery: all is well") })
                }
                #expect(
                    run.standardError.split(separator: "\n").contains {
                        $0.contains("red") && $0.contains("all is well")
                    })
                let store = try Store.open(at: bench.database, mode: .readOnly)
                let reasons = try store.trials(runID: store.run("latest").id).compactMap(\.reason)
                #expect(reasons.contains { $0.contains("\u{1B}[31mred\u{1B}[0m") })
            }
        }

        @Test("pictures in a directory of another user are written through none of that user's links")
        func pictures() async throws {
            try await Workbench.with("links") { bench in
                let precious = try bench.write("precious", to: "mine/file")
                let file = try bench.write(Scenario().yaml, to: "scenario.yaml")
                try #require(try await bench.startRun(file).end().exitCode == 0)
                let written = try FileManager.default.contentsOfDirectory(atPath: bench.plots)
                let theirs = bench.directory + "/theirs"
                try FileManager.default.createDirectory(atPath: theirs, withIntermediateDirectories: false)
                for name in written {
                    for ending in ["", ".partial"] {
                        try FileManager.default.createSymbolicLink(
                            atPath: "\(theirs)/\(name)\(ending)", withDestinationPath: precious)
                        lchown("\(theirs)/\(name)\(ending)", 65_534, 65_534)
                    }
                }
                chown(theirs, 65_534, 65_534)
                let report = ["report", "latest", "--database", bench.database, "--plots"]
                #expect(try await bench.run(report + [theirs]).exitCode == 0)
                #expect(try String(contentsOfFile: precious, encoding: .utf8) == "precious")
                for name in written {
                    var facts = stat()
                    #expect(lstat("\(theirs)/\(name)", &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG)
                }
                let door = bench.directory + "/door"
                try FileManager.default.createSymbolicLink(
                    atPath: door, withDestinationPath: bench.directory + "/mine")
                lchown(door, 65_534, 65_534)
                let refused = try await bench.run(report + [door])
                #expect(refused.exitCode == 3 && refused.standardError.contains("symbolic link of another user"))
                #expect(try FileManager.default.contentsOfDirectory(atPath: bench.directory + "/mine") == ["file"])
            }
        }
    }
}
