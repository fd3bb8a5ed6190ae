import Foundation
import Testing

/// Reads what `Fixtures/generate.py` wrote.
enum Fixture {
    private struct Document<Case: Decodable>: Decodable {
        let cases: [Case]
    }

    static func cases<Case: Decodable>(_ name: String, as type: Case.Type) throws -> [Case] {
        let url = try #require(Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures"))
        return try JSONDecoder().decode(Document<Case>.self, from: Data(contentsOf: url)).cases
    }
}

/// Whether two numbers agree to 1e-9 of their size, or of 1.
func isClose(_ a: Double, _ b: Double, tolerance: Double = 1e-9) -> Bool {
    abs(a - b) <= tolerance * max(1, abs(a), abs(b))
}
