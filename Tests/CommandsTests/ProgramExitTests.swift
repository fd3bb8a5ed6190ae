import Contract
import Foundation
import Testing

@Suite("exit codes")
struct ProgramExitTests {
    @Test("README's table has each code once, and no other")
    func isInReadme() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../..")
        let text = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        let table = try #require(text.components(separatedBy: "| exit code | means |\n").last)
        let rows = table.components(separatedBy: "\n").dropFirst().prefix { $0.hasPrefix("|") }
        let codes = rows.map { $0.split(separator: "|").first?.trimmingCharacters(in: .whitespaces) ?? "" }
        #expect(codes == ProgramExit.allCases.map { "\($0.rawValue)" })
    }
}
