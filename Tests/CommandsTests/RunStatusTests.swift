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
        ] as [([Commands.ExitStatus], Commands.ExitStatus)]
    )
    func combines(_ statuses: [Commands.ExitStatus], _ status: Commands.ExitStatus) {
        #expect(ExitStatus.ofRuns(statuses) == status)
    }
}
