import Foundation
import Fuzzing
import TestSupport
import Testing

/// The program that tries inputs, in processes of its own: whatever an input does, the tests go on.
@Suite("Inputs at every entrance", .serialized)
struct FuzzProgramTests {
    private static func fuzz(_ arguments: [String], in directory: String) async throws -> ProgramResult {
        let running = try RunningProgram(
            [try BuiltProgram.path(of: "fuzz")] + arguments, output: "\(directory)/output", error: "\(directory)/error")
        return try await running.end(within: .seconds(120))
    }

    /// As many as an unoptimised build tries in about a second; those of an entrance that opens a database take longer.
    private static let inputs = [
        "yaml": 300, "import": 60, "cni-result": 600, "cni-list": 2_000, "plan": 2_000, "event": 2_000, "iperf3": 2_000,
        "histogram": 300,
    ]

    @Test("nothing that has to be true is broken by changed inputs", arguments: Entrances.names)
    func holds(_ name: String) async throws {
        try await ScratchDirectory.with("fuzz") { directory in
            let count = Self.inputs[name] ?? 3_000
            let result = try await Self.fuzz(
                [name, "--inputs", "\(count)", "--corpus", CorpusFiles.directory, "--findings", "\(directory)/found"],
                in: directory)
            #expect(result.exitCode == 0, "\(result.standardError)")
            #expect(result.standardOutput.hasPrefix("\(name): \(count) inputs in "), "\(result.standardOutput)")
        }
    }

    @Test("a trap, a hang and a violation are found, each with its input, and the rest is tried nevertheless")
    func findsPlantedFaults() async throws {
        try await ScratchDirectory.with("fuzz") { directory in
            let found = "\(directory)/found"
            let result = try await Self.fuzz(
                ["planted", "--inputs", "4", "--corpus", CorpusFiles.directory, "--findings", found, "--hang", "2"],
                in: directory)
            #expect(result.exitCode == 1)
            #expect(result.standardOutput.hasPrefix("planted: 4 inputs in "))
            #expect(result.standardOutput.hasSuffix(" 3 findings\n"))
            #expect(result.standardError.contains("planted: an input does not end the process: signal "))
            #expect(result.standardError.contains("planted: an input does not hang: no answer within 2 s"))
            #expect(result.standardError.contains("planted: nothing is wrong"))
            let inputs = try FileManager.default.contentsOfDirectory(atPath: found).map { name in
                String(decoding: FileManager.default.contents(atPath: "\(found)/\(name)") ?? Data(), as: UTF8.self)
            }
            #expect(inputs.sorted() == ["hang", "trap", "wrong"])
            let again = try await Self.fuzz(
                ["planted", "--replay", CorpusFiles.directory + "/planted/wrong.txt"], in: directory)
            #expect(again.exitCode == 1 && again.standardOutput == "nothing is wrong\n")
        }
    }

    @Test(
        "words that ask for nothing that there is are refused with the usage",
        arguments: [[], ["nowhere"], ["yaml", "--inputs"], ["yaml", "--inputs", "-1"], ["yaml", "plan"], ["--what"]])
    func refuses(_ arguments: [String]) async throws {
        try await ScratchDirectory.with("fuzz") { directory in
            let result = try await Self.fuzz(arguments, in: directory)
            #expect(result.exitCode == 2 && result.standardError.contains("usage: fuzz ENTRANCE"))
        }
    }

    @Test("without recorded inputs to begin with it says so, and tries nothing")
    func noCorpus() async throws {
        try await ScratchDirectory.with("fuzz") { directory in
            let result = try await Self.fuzz(["json", "--inputs", "9", "--corpus", directory], in: directory)
            #expect(result.exitCode == 2 && result.standardOutput.isEmpty)
            #expect(result.standardError.contains("\(directory) has no inputs for json"))
        }
    }
}
