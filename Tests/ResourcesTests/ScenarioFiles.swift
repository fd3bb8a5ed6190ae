import Foundation

/// The files of the repository that the tests read.
enum ScenarioFiles {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func scenario(_ name: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent("scenarios/\(name)"), encoding: .utf8)
    }

    /// The YAML examples of the reference, in order.
    static func examplesOfTheReference() throws -> [String] {
        let text = try String(contentsOf: root.appendingPathComponent("docs/resources.md"), encoding: .utf8)
        return text.components(separatedBy: "```yaml\n").dropFirst().map { part in
            part.components(separatedBy: "\n```").first ?? ""
        }
    }
}
