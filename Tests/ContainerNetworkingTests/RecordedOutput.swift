import Foundation
import Testing

/// What the plugins of containernetworking-plugins 1.1.1 really wrote.
enum RecordedOutput {
    static func text(_ name: String) throws -> String {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: nil))
        return try String(contentsOf: url, encoding: .utf8)
    }
}
