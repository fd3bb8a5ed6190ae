import JSON
import Testing

@Suite("The first whole object of a text")
struct FirstJSONObjectTests {
    @Test(
        "it is found among what stands around it",
        arguments: [
            ("{\"a\":1}", "", "{\"a\":1}", ""),
            (
                "warning: no {such} file\n{\"a\":{\"b\":2}}\n{\"a\":3}\n",
                "warning: no {such} file\n", "{\"a\":{\"b\":2}}", "\n{\"a\":3}\n"
            ),
            ("warning {\"a\":1}", "warning ", "{\"a\":1}", ""),
            ("warning {\"x\":1}\n  {\n\"a\":1}", "warning {\"x\":1}\n  ", "{\n\"a\":1}", ""),
            ("{}{", "", "{}", "{"),
        ]
    )
    func finds(text: String, before: String, object: String, after: String) throws {
        let first = try #require(try FirstJSONObject(in: text))
        #expect(first.before == before)
        #expect(first.text == object)
        #expect(first.after == after)
        #expect(try first.object.members().map(\.name) == JSONNode(parsing: object).members().map(\.name))
    }

    @Test("a text without an object has none", arguments: ["", "[1]", "nothing {here}", "null\n"])
    func findsNone(text: String) throws {
        #expect(try FirstJSONObject(in: text) == nil)
    }

    @Test(
        "an object that is cut off or malformed is an error, and nothing inside of it is taken",
        arguments: [
            ("x\n{\"start\":{\"a\":1},\"end\":{", 2, 25, "found the end of the text"),
            ("x\n{\"start\":{\"a\":1},\n\"x\":nan,\n\"y\":{\"b\":1}}", 3, 5, "expected a value, found nan"),
            ("\u{E9} {", 1, 4, "found the end of the text"),
        ]
    )
    func refuses(text: String, line: Int, column: Int, reason: String) {
        let error = #expect(throws: JSONError.self) { try FirstJSONObject(in: text) }
        #expect(error?.position == JSONPosition(line: line, column: column))
        #expect(error?.reason.contains(reason) == true)
    }

    @Test("bytes that are no UTF-8 in front of it do not matter")
    func takesRubbishAround() throws {
        let first = try #require(try FirstJSONObject(in: [0xFF, 0x0A] + Array("{\"a\":1}".utf8) + [0xFF]))
        #expect(first.text == "{\"a\":1}")
        #expect(first.object.position == JSONPosition(line: 2, column: 1))
    }
}
