import ArgumentParser
import Contract
import Testing

@testable import Commands

@Suite("The run inside a kernel guest")
struct GuestArgumentsTests {
    private static let runID = "01ARZ3NDEKTSV4RRFFQ69G5FAV"

    @Test("the program inside is asked for the same run, and its words are read back")
    func words() throws {
        let words = GuestArguments(
            files: ["-odd.yaml", "b.yaml"],
            overrides: ["spec.warmUp=1s"],
            labels: ["build": "-417", "note": "a=b"],
            index: 1
        ).words(runID: Self.runID, seed: .max)
        let command = try #require(try NetmachineryCommand.parseAsRoot(words) as? RunCommand)
        #expect(command.files == ["-odd.yaml", "b.yaml"])
        #expect(command.overrides == ["spec.warmUp=1s"])
        #expect(command.seed == .max)
        #expect(try Labels.parse(command.label) == ["build": "-417", "note": "a=b"])
        #expect(command.kernel.kernel == .host)
        #expect(command.kernel.stream == Self.runID)
        #expect(command.kernel.document == 1)
    }

    @Test("the option is not in the help, and an id that is none is refused")
    func hidden() async throws {
        #expect(!NetmachineryCommand.helpMessage(for: RunCommand.self).contains("--stream"))
        let status = await CommandLineInterface.run(["run", "--stream", "x", "scenarios/quickstart.yaml"])
        #expect(status == .badArguments)
    }
}
