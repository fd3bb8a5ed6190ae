import Contract
import Testing

@testable import Probes

@Suite("What is said of things that were left")
struct LeakReportTests {
    @Test("a leak is a failure that names some and keeps all; nothing left is none")
    func leakReport() throws {
        try LeakReport.requireNone([])
        let left = (1...7).map { "file /lease/\($0)" }
        let failure = #expect(throws: ProbeFailure.self) { try LeakReport.requireNone(left) }
        #expect(failure?.code == .leaked)
        #expect(failure?.message.contains("7 things") == true)
        #expect(failure?.message.contains("and 2 more") == true)
        #expect(failure?.words == left.joined(separator: "\n"))
    }
}
