import Testing

@testable import Commands

@Suite("Waiting for a signal")
struct InterruptionTests {
    @Test("a wait that was cancelled does not use the signal up: the next one still hears it")
    func afterCancellation() async {
        let interruption = Interruption()
        for _ in 1...3 {
            let nothing = await withTaskGroup(of: String?.self) { group in
                group.addTask { await interruption.wait() }
                group.cancelAll()
                return await group.next() ?? nil
            }
            #expect(nothing == nil)
        }
        async let heard = interruption.wait()
        interruption.interrupt(by: "SIGTERM")
        #expect(await heard == "SIGTERM")
    }

    @Test("a signal that came before is answered at once, and the first one counts")
    func before() async {
        let interruption = Interruption()
        interruption.interrupt(by: "SIGINT")
        interruption.interrupt(by: "SIGTERM")
        #expect(await interruption.wait() == "SIGINT")
        #expect(await interruption.wait() == "SIGINT")
    }
}
