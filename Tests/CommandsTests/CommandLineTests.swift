import Contract
import Foundation
import Results
import TestSupport
import Testing

@testable import Commands

@Suite("The command line, without root")
struct CommandLineTests {
    private static let resource = """
        apiVersion: networkmachinery.io/v1alpha1
        kind: CNIPerformance
        metadata: {name: small}
        spec:
          networks: [{name: bridge, preset: bridge}]
          paths: [same-node]
          tests:
          - {name: rr, tool: latency, protocol: tcp, pattern: request-response, messageSize: 64B, duration: 50ms}
          repetitions: {minimum: 2, maximum: 2}

        """

    private func withFile<Value>(_ text: String, _ body: (String, String) async throws -> Value) async throws -> Value {
        try await ScratchDirectory.with { directory in
            let path = "\(directory)/small.yaml"
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            return try await body(path, directory)
        }
    }

    @Test("a good file is valid, and a dry run of it does nothing and needs nothing")
    func good() async throws {
        try await withFile(Self.resource) { path, directory in
            #expect(await CommandLineInterface.run(["validate", path]) == .done)
            let database = "\(directory)/results.sqlite"
            #expect(
                await CommandLineInterface.run(["run", "--dry-run", "--database", database, path]) == .done
            )
            #expect(!FileManager.default.fileExists(atPath: database))
        }
    }

    @Test(
        "wrong arguments and wrong files end with 2, a sentence about what is wrong, and nothing on standard output",
        arguments: [
            (["fly"], "Unexpected argument 'fly'"), (["run"], "Missing expected argument '<files> ...'"),
            (["run", "--seed", "x", "FILE"], "The value 'x' is invalid for '--seed <seed>'"),
            (["run", "--repetitions", "0", "FILE"], "--repetitions 0: expected a number from 1 to 1000"),
            (["run", "--repetitions", "1001", "FILE"], "--repetitions 1001: expected a number from 1 to 1000"),
            (["run", "--label", "x", "FILE"], "--label x: expected a name and a value"),
            (["run", "--set", "nonsense", "FILE"], "found \"nonsense\": it has no ="),
            (
                ["run", "--set", "spec.nodes=-1", "--dry-run", "FILE"],
                "spec.nodes: expected a whole number from 1 to 64"
            ),
            (["validate", "/nowhere/x.yaml"], "/nowhere/x.yaml: "),
            (["report", "--format", "pdf", "latest"], "The value 'pdf' is invalid for '--format <format>'"),
            (["runs", "list", "--output", "xml"], "The value 'xml' is invalid for '--output <output>'"),
            (["lab", "up", "--nodes", "0"], "--nodes 0: expected 1 to 64"),
            (["lab", "up", "--nodes", "65"], "--nodes 65: expected 1 to 64"),
            (["lab", "up", "--name", "abcdefghijklm"], "--name abcdefghijklm: expected up to 12"),
            (
                ["lab", "up", "--name", "Not Valid"],
                "--name Not Valid: expected up to 12 lower-case letters and digits"
            ),
            (["lab", "up", "--networks", "brige"], "there is no preset brige; there are bridge"),
        ]
    )
    func badArguments(_ arguments: [String], _ words: String) async throws {
        try await withFile(Self.resource) { path, directory in
            let result = try await Program.run(arguments.map { $0 == "FILE" ? path : $0 }, in: directory)
            #expect(result.exitCode == ProgramExit.badArguments.rawValue)
            #expect(result.standardError.contains(words), "\(result.standardError)")
            #expect(result.standardOutput.isEmpty)
        }
    }

    @Test("a broken resource ends with 2 before a database is made")
    func badResource() async throws {
        try await withFile(Self.resource.replacing("preset: bridge", with: "preset: brigde")) { path, directory in
            let database = "\(directory)/results.sqlite"
            #expect(await CommandLineInterface.run(["run", "--database", database, path]) == .badArguments)
            #expect(!FileManager.default.fileExists(atPath: database))
        }
    }

    @Test("runs are found, shown, exported, imported and deleted; a run that is not there ends with 2")
    func runs() async throws {
        try await ScratchDirectory.with { directory in
            let database = "\(directory)/results.sqlite"
            let run = RunRecord(kind: "CNIPerformance", name: "small", testbed: "local", seed: 1, toolVersion: "test")
            let store = try Store.open(at: database)
            try store.begin(run)
            try store.finish(runID: run.id, outcome: .completed)
            for verb in [["list"], ["list", "--output", "json"], ["show", "latest"], ["export", run.id]] {
                #expect(await CommandLineInterface.run(["runs"] + verb + ["--database", database]) == .done)
            }
            let document = "\(directory)/run.json"
            try store.export(runID: run.id).write(toFile: document, atomically: true, encoding: .utf8)
            let importing = ["runs", "import", document, "--database", database]
            #expect(await CommandLineInterface.run(importing) == .badArguments)
            #expect(await CommandLineInterface.run(["runs", "delete", run.id, "--database", database]) == .done)
            #expect(await CommandLineInterface.run(importing) == .done)
            #expect(try store.run("latest").id == run.id)
            #expect(await CommandLineInterface.run(["runs", "show", "zzz", "--database", database]) == .badArguments)
            let missing = ["compare", "latest", "nothing=there", "--database", database]
            #expect(await CommandLineInterface.run(missing) == .badArguments)
        }
    }

    @Test("a database that is not ours ends with 3 and is left as it is")
    func foreignDatabase() async throws {
        try await ScratchDirectory.with { directory in
            let database = "\(directory)/results.sqlite"
            try "not a database at all, and long enough to be read as one".write(
                toFile: database,
                atomically: true,
                encoding: .utf8
            )
            #expect(await CommandLineInterface.run(["runs", "list", "--database", database]) == .environmentLacks)
            #expect(try String(contentsOfFile: database, encoding: .utf8).hasPrefix("not a database"))
        }
    }

    @Test("help and version are answers, not failures")
    func help() async {
        #expect(await CommandLineInterface.run(["--help"]) == .done)
        #expect(await CommandLineInterface.run(["--version"]) == .done)
        #expect(await CommandLineInterface.run(["run", "--help"]) == .done)
    }
}
