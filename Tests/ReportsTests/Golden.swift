import Foundation
import Testing

/// Texts that were looked at once and must stay as they are.
enum Golden {
    /// Whether the text is the fixture's.
    ///
    /// With `REPORTS_TESTS_RECORD` set to a directory, the text is written there
    /// first, so that it can be looked at and copied to the fixtures.
    static func matches(_ text: String, _ name: String) throws -> Bool {
        try recording(text, name) == self.text(name)
    }

    /// The fixture.
    static func text(_ name: String) throws -> String {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/" + name, withExtension: nil))
        return try String(contentsOf: url, encoding: .utf8)
    }

    /// The text itself, which is written first where texts are recorded.
    static func recording(_ text: String, _ name: String) throws -> String {
        if let directory = ProcessInfo.processInfo.environment["REPORTS_TESTS_RECORD"] {
            try text.write(toFile: directory + "/" + name, atomically: true, encoding: .utf8)
        }
        return text
    }
}
