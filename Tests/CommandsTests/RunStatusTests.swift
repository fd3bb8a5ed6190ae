import Contract
import Testing

@testable import Commands

@Suite("What several runs end with")
struct RunStatusTests {
    @Test(
        "an interruption wins over everything; otherwise the first end that was not good does",
        arguments: [
            ([], .done), ([.done, .done], .done), ([.done, .trialsFailed, .environmentLacks], .trialsFailed),
            ([.environmentLacks, .trialsFailed], .environmentLacks), ([.trialsFailed, .interrupted], .interrupted),
            ([.interrupted], .interrupted), ([.environmentLacks, .done], .environmentLacks),
        ] as [([ProgramExit], ProgramExit)]
    )
    func combines(_ statuses: [ProgramExit], _ status: ProgramExit) {
        #expect(ProgramExit.ofRuns(statuses) == status)
    }
}
