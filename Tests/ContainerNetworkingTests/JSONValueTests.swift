import ContainerNetworking
import Statistics
import Testing

@Suite("JSON values")
struct JSONValueTests {
    @Test("random values survive writing and reading", arguments: 0..<200)
    func roundTrips(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let value = Self.random(depth: 4, using: &generator)
        #expect(try JSONValue(parsing: value.text) == value)
    }

    @Test(
        "scalars keep their kind and value",
        arguments: [
            ("null", JSONValue.null), ("true", .bool(true)), ("0", .integer(0)), ("1", .integer(1)),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("0.5", .number(0.5)), ("\"1\"", .string("1")), ("[]", .array([])), ("{}", .object([:])),
        ]
    )
    func keepsScalars(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == value)
        #expect(value.text == text)
    }

    @Test("what is not JSON is refused", arguments: ["", " ", "{", "[1 2]", "nul", "1 2", "{\"a\":}", "\u{0}"])
    func refuses(text: String) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
        #expect(error?.description.hasPrefix("this is not JSON: ") == true)
    }

    private static func random(depth: Int, using generator: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .integer(Int64.random(in: .min ... .max, using: &generator))
        case 3: return .number(Double.random(in: -1e9...1e9, using: &generator) + 0.25)
        case 4:
            let scalars = (0..<Int.random(in: 0...6, using: &generator)).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 1...0xD7FF, using: &generator))
            }
            return .string(String(String.UnicodeScalarView(scalars)))
        case 5:
            return .array(
                (0..<Int.random(in: 0...4, using: &generator)).map { _ in
                    random(depth: depth - 1, using: &generator)
                })
        default:
            var members: [String: JSONValue] = [:]
            for index in 0..<Int.random(in: 0...4, using: &generator) {
                members["k\(index)/\""] = random(depth: depth - 1, using: &generator)
            }
            return .object(members)
        }
    }
}
