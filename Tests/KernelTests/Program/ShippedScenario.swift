import Foundation

/// A file of the repository's `scenarios`.
enum ShippedScenario {
    static func path(_ name: String) -> String {
        var directory = URL(fileURLWithPath: #filePath)
        // Of the file, of the suite, of the target, of the tests.
        for _ in 0..<4 { directory.deleteLastPathComponent() }
        return directory.appendingPathComponent("scenarios/\(name)").path
    }
}
