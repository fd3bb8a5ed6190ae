import Foundation
import TestSupport
import Testing

@Suite("Tests that are run in a guest")
struct SkippedTestsTests {
    private static let stream = #"""
        {"kind":"test","payload":{"displayName":"The proxy","id":"KernelTests.Proxy","kind":"suite","name":"Proxy"},"version":0}
        {"kind":"test","payload":{"displayName":"a round","id":"KernelTests.Proxy/round()/Proxy.swift:15:6","kind":"function","name":"round()"},"version":0}
        {"kind":"test","payload":{"id":"KernelTests.Proxy/kinds(_:)/Proxy.swift:20:6","kind":"function","name":"kinds(_:)"},"version":0}
        {"kind":"test","payload":{"displayName":"root","id":"KernelTests.Proxy/root()/Proxy.swift:30:6","kind":"function","name":"root()"},"version":0}
        {"kind":"event","payload":{"kind":"runStarted","messages":[{"symbol":"default","text":"this kernel has no bearing"}]},"version":0}
        {"kind":"event","payload":{"kind":"testSkipped","messages":[{"symbol":"skip","text":"Suite \"The proxy\" skipped: \"this kernel has no ip_vs\""}],"testID":"KernelTests.Proxy"},"version":0}
        {"kind":"event","payload":{"kind":"testSkipped","messages":[{"symbol":"skip","text":"Test \"a round\" skipped: \"this kernel has no ip_vs\""}],"testID":"KernelTests.Proxy/round()/Proxy.swift:15:6"},"version":0}
        {"kind":"event","payload":{"kind":"testSkipped","messages":[{"symbol":"skip","text":"Test kinds(_:) skipped: \"this kernel has no ip_vs\""}],"testID":"KernelTests.Proxy/kinds(_:)/Proxy.swift:20:6"},"version":0}
        {"kind":"event","payload":{"kind":"testSkipped","messages":[{"symbol":"skip","text":"Test \"root\" skipped: \"needs root\""}],"testID":"KernelTests.Proxy/root()/Proxy.swift:30:6"},"version":0}
        """#

    @Test("those are that were skipped for the kernel, by name, and each is found by an expression of its own")
    func skipped() throws {
        let skipped = try SkippedTests(eventStream: Data(Self.stream.utf8))
        #expect(skipped.tests.map(\.name) == ["a round", "kinds(_:)"])
        #expect(skipped.tests.map(\.id) == ["KernelTests.Proxy/round()", "KernelTests.Proxy/kinds(_:)"])
        let ids = ["round()", "rounds()", "kinds(_:)", "kinds()", "root()"].map { "KernelTests.Proxy/\($0)" }
        for (filter, test) in zip(skipped.filters, skipped.tests) {
            let expression = try Regex(filter)
            #expect(ids.filter { $0.contains(expression) } == [test.id])
            #expect("\(test.id)/Proxy.swift:15:6".contains(expression))
        }
        #expect(try SkippedTests(eventStream: Data()).tests.isEmpty)
    }

    @Test("a stream that was cut short is no stream")
    func cut() {
        #expect(throws: (any Error).self) { try SkippedTests(eventStream: Data(Self.stream.utf8.dropLast(9))) }
    }

    @Test("a test has passed when its line says so, whatever it is called")
    func passed() {
        var passed = PassedTests()
        for line in [
            "✔ Test \"a round\" passed after 0.1 seconds.",
            "✔ Test kinds(_:) with 4 test cases passed after 2 seconds.",
            "✔ Test \"one \\\"passed after\\\" another\" passed after 0.1 seconds.",
            "✘ Test \"broken\" failed after 0.1 seconds with 1 issue.", "➜ Test \"lazy\" skipped: \"why\"",
            "✔ Test run with 3 tests passed after 1 seconds.", "✔ Suite \"The proxy\" passed after 1 seconds.",
            "◇ Test \"begun\" started.",
        ] { passed.take(line) }
        #expect(passed.names.contains("a round"))
        #expect(passed.names.contains("kinds(_:)"))
        #expect(passed.names.count == 3)
    }
}
