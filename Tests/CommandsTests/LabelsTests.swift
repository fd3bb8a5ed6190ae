import Contract
import Testing

@testable import Commands

@Suite("Labels on the command line")
struct LabelsTests {
    @Test("the value may hold anything, an equals sign among it")
    func parse() throws {
        #expect(try Labels.parse(["build=417", "note=a=b", "empty="]) == ["build": "417", "note": "a=b", "empty": ""])
    }

    @Test("without a name or an equals sign it is refused", arguments: ["build", "=417", ""])
    func refuse(_ text: String) {
        let failure = #expect(throws: CommandFailure.self) { try Labels.parse([text]) }
        #expect(failure?.status == .badArguments)
    }
}
