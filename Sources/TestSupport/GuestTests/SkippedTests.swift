public import Foundation

/// The tests that were skipped because the kernel lacks something, by the event stream of Swift Testing.
public struct SkippedTests: Sendable, Equatable {
    /// One test function.
    public struct Test: Sendable, Hashable {
        /// `Module.Suite/function()`, by which `--filter` finds it.
        public let id: String
        /// What it is called where tests are listed.
        public let name: String
    }

    /// Each once, in the order in which they were skipped.
    public let tests: [Test]

    /// Reads what `swift test --event-stream-output-path` wrote, a JSON object a line.
    ///
    /// Throws for a line that is none: the tests have not ended then, or another version writes something new.
    public init(eventStream: Data) throws {
        var names: [String: String] = [:]
        var skipped: [Test] = []
        var seen: Set<String> = []
        for line in eventStream.split(separator: UInt8(ascii: "\n")) {
            let record = try JSONDecoder().decode(Record.self, from: line)
            let payload = record.payload
            if record.kind == "test", payload.kind == "function", let id = payload.id {
                names[id] = payload.displayName ?? payload.name
            } else if payload.kind == "testSkipped", let id = payload.testID, let name = names[id],
                payload.messages?.contains(where: { $0.text.contains(Requirement.kernelReason("")) }) == true,
                seen.insert(id).inserted
            {
                skipped.append(Test(id: Self.withoutPlace(id), name: name))
            }
        }
        tests = skipped
    }

    /// Regular expressions, one for each test and for no other.
    public var filters: [String] {
        tests.map { test in
            "^" + test.id.map { "\\.()[]{}+*?^$|".contains($0) ? "\\\($0)" : "\($0)" }.joined() + "(/|$)"
        }
    }

    /// An ID ends with the file, line and column of the test.
    private static func withoutPlace(_ id: String) -> String {
        let parts = id.split(separator: "/")
        return parts.last?.contains(".swift:") == true ? parts.dropLast().joined(separator: "/") : id
    }

    private struct Record: Decodable {
        struct Message: Decodable { let text: String }
        struct Payload: Decodable {
            let kind: String?
            let id: String?
            let name: String?
            let displayName: String?
            let testID: String?
            let messages: [Message]?
        }
        let kind: String
        let payload: Payload
    }
}
