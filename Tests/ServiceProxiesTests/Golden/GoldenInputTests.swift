import Digests
import Foundation
import Testing

@testable import ServiceProxies

/// What loading programs are given stays what it is, to the byte.
///
/// With `PROXY_TESTS_RECORD` set to a directory, what is found is written there, to be looked at and copied to the fixtures.
@Suite("Golden input of loading programs")
struct GoldenInputTests {
    @Test(
        "every planner gives the recorded bytes for every set of services",
        arguments: GoldenInputs.configurations.indices)
    func digests(_ index: Int) throws {
        let (name, configuration) = GoldenInputs.configurations[index]
        var lines: [String] = []
        for (set, services) in GoldenServices.sets {
            for (kind, input) in GoldenInputs.make(services, configuration) {
                lines.append("\(SHA256Digest(of: input)) \(input.count) \(set), \(kind)")
            }
        }
        let file = name.replacing(" ", with: "-").replacing(",", with: "") + ".sha256"
        let recorded = try recorded(lines.joined(separator: "\n") + "\n", file)
        let known = recorded.split(separator: "\n").map(String.init)
        #expect(lines.count == known.count)
        #expect(zip(lines, known).filter { $0 != $1 }.map(\.0) == [])
    }

    @Test("the inputs for a few services read as recorded")
    func texts() throws {
        for (kind, input) in GoldenInputs.make(GoldenServices.small, Setting.configuration) {
            let text = Setting.text(input)
            #expect(try recorded(text, kind.replacing(" ", with: "-") + ".txt") == text, "\(kind)")
        }
    }

    private func recorded(_ text: String, _ file: String) throws -> String {
        if let directory = ProcessInfo.processInfo.environment["PROXY_TESTS_RECORD"] {
            try text.write(toFile: "\(directory)/\(file)", atomically: true, encoding: .utf8)
            return text
        }
        let url = try #require(Bundle.module.url(forResource: "Fixtures/loader-input/\(file)", withExtension: nil))
        return try String(contentsOf: url, encoding: .utf8)
    }
}
