import JSON
import Testing

@Suite("Values of JSON")
struct ValueTests {
    @Test("every value has its place, counted in scalars and in any line break")
    func keepsPlaces() throws {
        let node = try JSONNode(parsing: "{\r\n \"\u{E9}\u{1F600}\": [1, {\"b\": null}],\r\"c\": \"x\"\n}")
        #expect(node.position == JSONPosition(line: 1, column: 1))
        let list = try node.required("\u{E9}\u{1F600}")
        #expect(list.position == JSONPosition(line: 2, column: 8))
        let object = try list.elements()[1]
        #expect(object.position == JSONPosition(line: 2, column: 12))
        #expect(object["b"]?.position == JSONPosition(line: 2, column: 18))
        let last = try node.members()[1]
        #expect(last.name == "c")
        #expect(last.position == JSONPosition(line: 3, column: 1))
        #expect(last.value.position == JSONPosition(line: 3, column: 6))
    }

    @Test(
        "strings keep every character",
        arguments: [
            ("\"\"", ""), ("\"a\\\"\\\\\\/\\b\\f\\n\\r\\tz\"", "a\"\\/\u{8}\u{C}\n\r\tz"), ("\"\\u00e9\"", "\u{E9}"),
            ("\"\\uD83D\\uDE00\"", "\u{1F600}"), ("\"\u{1F600}\u{7F}\u{2028}\"", "\u{1F600}\u{7F}\u{2028}"),
            ("\"\\u0000\"", "\u{0}"), ("\"\\uFFFF\"", "\u{FFFF}"), ("\"e\u{301}\"", "e\u{301}"),
        ]
    )
    func readsStrings(text: String, string: String) throws {
        let read = try JSONNode(parsing: text).text()
        #expect(Array(read.unicodeScalars) == Array(string.unicodeScalars))
    }

    @Test(
        "numbers keep their digits",
        arguments: [
            ("0", 0), ("-0", 0), ("12", 12), ("-7", -7), ("0.5", 0.5), ("1e3", 1_000), ("1E+2", 100), ("25e-1", 2.5),
            ("1e-400", 0), ("18446744073709551615", 1.8446744073709552e19),
        ]
    )
    func readsNumbers(text: String, value: Double) throws {
        let node = try JSONNode(parsing: " \(text) ")
        #expect(try node.number() == value)
        #expect(node.found == text)
    }

    @Test("whole numbers are written as such, and in bounds")
    func readsWholeNumbers() throws {
        #expect(try JSONNode(parsing: "18446744073709551615").wholeNumber(in: 0...UInt64.max) == .max)
        #expect(try JSONNode(parsing: "-3").wholeNumber(in: -3...3) == -3)
        for text in ["3.0", "1e2", "101", "-1", "\"5\"", "null"] {
            let error = #expect(throws: JSONError.self) { try JSONNode(parsing: text).wholeNumber(in: 0...100) }
            #expect(error?.reason == "expected a whole number from 0 to 100, found \(text)")
        }
    }

    @Test("a value of another kind is told with its place")
    func tellsWrongKinds() throws {
        let node = try JSONNode(parsing: "{\n \"a\": [true, \"x\"]\n}")
        let list = try node.required("a").elements()
        #expect(throws: JSONError("expected a number, found \"x\"", at: JSONPosition(line: 2, column: 14))) {
            try list[1].number()
        }
        #expect(throws: JSONError("expected a string, found true", at: JSONPosition(line: 2, column: 8))) {
            try list[0].text()
        }
        #expect(throws: JSONError("expected true or false, found an array", at: JSONPosition(line: 2, column: 7))) {
            try node.required("a").truth()
        }
        #expect(throws: JSONError("expected an object, found an array", at: JSONPosition(line: 2, column: 7))) {
            try node.required("a").members()
        }
        #expect(throws: JSONError("expected an array, found an object", at: JSONPosition(line: 1, column: 1))) {
            try node.elements()
        }
        let missing = #expect(throws: JSONError.self) { try node.required("b") }
        #expect(missing?.description == "line 1, column 1: expected the member \"b\", found nothing")
        #expect(missing?.description(file: "f.json") == "f.json:1:1: expected the member \"b\", found nothing")
    }

    @Test("a reader counts and skips without making values")
    func pulls() throws {
        let text = Array("{\"skip\":[1,{\"a\":[]}],\"count\":[1,[2,3],{}],\"name\":\"x\"}".utf8)
        var count = 0
        var name = ""
        try JSONReader.read(text) { (reader) throws(JSONError) in
            try reader.object { (reader, key) throws(JSONError) in
                switch key {
                case "count": count = try reader.count()
                case "name": name = try reader.string()
                default: try reader.skip()
                }
            }
        }
        #expect(count == 3)
        #expect(name == "x")
    }

    @Test(
        "the place of a value is found by its path",
        arguments: [
            ([.name("a"), .index(1), .name("b")], 2, 12), ([.name("a"), .index(0)], 2, 3), ([], 1, 1),
            // What is missing has the place of what should hold it.
            ([.name("a"), .index(7)], 1, 6), ([.name("x"), .name("y")], 1, 1), ([.name("c"), .name("d")], 3, 6),
        ] as [([JSONPath.Step], Int, Int)]
    )
    func locates(steps: [JSONPath.Step], line: Int, column: Int) throws {
        let text = Array("{\"a\":[\n  1, {\"b\": true}],\n\"c\": \"d\"}".utf8)
        #expect(try JSONPath(steps).position(in: text) == JSONPosition(line: line, column: column))
    }

    @Test("a path is written as people write it")
    func writesPaths() {
        let path = JSONPath([.name("trials"), .index(3), .name("samples"), .index(0), .name("value")])
        #expect(path.description == "trials[3].samples[0].value")
    }
}
