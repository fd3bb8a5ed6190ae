import Foundation
import Testing

/// Texts that were looked at once and must stay as they are.
enum Golden {
    /// Whether the text is the fixture's.
    ///
    /// With `REPORTS_TESTS_RECORD` set to a directory, the text is written there
    /// first, so that it can be looked at and copied to the fixtures.
    static func matches(_ text: String, _ name: String) throws -> Bool {
        if let directory = ProcessInfo.processInfo.environment["REPORTS_TESTS_RECORD"] {
            try text.write(toFile: directory + "/" + name, atomically: true, encoding: .utf8)
        }
        let url = try #require(Bundle.module.url(forResource: "Fixtures/" + name, withExtension: nil))
        return try String(contentsOf: url, encoding: .utf8) == text
    }
}
