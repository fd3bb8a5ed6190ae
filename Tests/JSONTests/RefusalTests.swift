import JSON
import Testing

@Suite("Texts that are not JSON")
struct RefusalTests {
    @Test(
        "the place and what stands there are told",
        arguments: [
            // Text, line, column, a part of the reason.
            ("", 1, 1, "expected a value, found the end of the text"),
            (" \n ", 2, 2, "found the end of the text"),
            ("{\n  \"a\": 1,\n}", 2, 9, "a comma stands before \"}\""),
            ("[1, 2, ]", 1, 6, "a comma stands before \"]\""),
            ("[,1]", 1, 2, "expected a value, found \",\""),
            ("[1,,2]", 1, 4, "expected a value, found \",\""),
            ("[1 2]", 1, 4, "expected a comma or \"]\", found 2"),
            ("{\"a\" 1}", 1, 6, "expected a colon, found 1"),
            ("{\"a\":}", 1, 6, "expected a value, found \"}\""),
            ("{\"a\":1 \"b\":2}", 1, 8, "expected a comma or \"}\", found a quotation mark"),
            ("{a: 1}", 1, 2, "expected the name of a member in quotation marks, found a"),
            ("{1: 1}", 1, 2, "expected the name of a member in quotation marks, found 1"),
            ("{'a': 1}", 1, 2, "JSON takes \" only"),
            ("{\n  \"mtu\": 1400, // of the link\n  \"b\": 1}", 2, 16, "JSON has no comments"),
            ("/* a */ {}", 1, 1, "JSON has no comments"),
            ("[1] # end", 1, 5, "expected the end of the text, found \"#\"; JSON has no comments"),
            ("{\"mtu\": 01400}", 1, 9, "a number begins with a zero: 01400"),
            ("-01", 1, 1, "a number begins with a zero: -01"),
            ("00", 1, 1, "a number begins with a zero: 00"),
            ("+5", 1, 1, "numbers of JSON have no + in front"),
            (".5", 1, 1, "expected a value, found .5"),
            ("5.", 1, 1, "no digits behind its point: 5."),
            ("5.e3", 1, 1, "no digits behind its point"),
            ("1e", 1, 1, "no digits in its exponent: 1e"),
            ("1e+", 1, 1, "no digits in its exponent"),
            ("-", 1, 1, "expected a number, found -"),
            ("0x10", 1, 1, "this is not a number: 0x10"),
            ("1_000", 1, 1, "this is not a number: 1_000"),
            ("1e400", 1, 1, "a number is larger than any double: 1e400"),
            (String(repeating: "9", count: 310), 1, 1, "a number is larger than any double: 999"),
            ("NaN", 1, 1, "expected a value, found NaN"),
            ("-Infinity", 1, 1, "expected a number, found -Infinity"),
            ("True", 1, 1, "expected a value, found True"),
            ("nul", 1, 1, "expected a value, found nul"),
            ("truefalse", 1, 1, "expected a value, found truefalse"),
            ("1 2", 1, 3, "expected the end of the text, found 2"),
            ("{}\n{}", 2, 1, "expected the end of the text, found \"{\""),
            ("{\"a\":[1}", 1, 8, "expected a comma or \"]\", found \"}\""),
            ("[1", 1, 3, "expected a comma or \"]\", found the end of the text"),
            ("\"abc", 1, 1, "the string does not end"),
            ("[\"abc\n\"]", 1, 2, "the string does not end on its line"),
            ("\"a\tb\"", 1, 3, "the control character U+0009 stands in a string"),
            ("\"a\u{0}b\"", 1, 3, "the control character U+0000 stands in a string"),
            ("\"\\x41\"", 1, 2, "JSON has no escape of a backslash and x41"),
            ("\"\\u12g4\"", 1, 2, "expected four hexadecimal digits"),
            ("\"\\u12", 1, 2, "expected four hexadecimal digits"),
            ("\"\\", 1, 2, "the text ends in an escape"),
            ("\"\\ud800\"", 1, 2, "one half of a surrogate pair stands alone"),
            ("\"\\ud800\\u0041\"", 1, 2, "one half of a surrogate pair stands alone"),
            ("\"\\udc00\\ud800\"", 1, 2, "one half of a surrogate pair stands alone"),
            ("\u{FEFF}{}", 1, 1, "a byte order mark stands in front"),
            ("[1]\u{FEFF}", 1, 4, "expected the end of the text, found \"U+FEFF\""),
            ("[1,\u{A0}2]", 1, 4, "expected a value"),
            ("\u{0}", 1, 1, "expected a value, found \"U+0000\""),
            ("{\"a\":1,\n \"b\":2,\n \"a\":3}", 3, 2, "the member \"a\" is there twice, first at line 1, column 2"),
            ("{\"a\":1,\"\\u0061\":2}", 1, 8, "the member \"a\" is there twice"),
            ("{\"\u{E9}\":1,\"e\u{301}\":2}", 1, 8, "is there twice"),
            ("{\"x\":{\"a\":1,\"a\":2}}", 1, 13, "the member \"a\" is there twice, first at line 1, column 7"),
        ]
    )
    func refuses(text: String, line: Int, column: Int, reason: String) {
        let error = #expect(throws: JSONError.self) { try JSONNode(parsing: text) }
        #expect(error?.position == JSONPosition(line: line, column: column))
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
        // Values that are skipped are looked at just the same.
        #expect(error == #expect(throws: JSONError.self) { try Self.skip(Array(text.utf8)) })
    }

    @Test(
        "bytes that are not UTF-8 are refused",
        arguments: [
            [0x80], [0xC0, 0xAF], [0xC1, 0x81], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82],
            [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xC3, 0x28],
        ] as [[UInt8]]
    )
    func refusesOtherEncodings(bytes: [UInt8]) {
        let text = Array("{\"\u{E9}\u{1F600}\":\"".utf8) + bytes + Array("\"}".utf8)
        let error = #expect(throws: JSONError.self) { try JSONNode(parsing: text) }
        #expect(error?.position == JSONPosition(line: 1, column: 8))
        #expect(error?.reason.contains("is not UTF-8 here") == true)
        let bare = #expect(throws: JSONError.self) { try JSONNode(parsing: bytes) }
        #expect(bare != nil)
    }

    @Test(
        "UTF-16 is called that",
        arguments: [[0xFF, 0xFE, 0x7B, 0], [0xFE, 0xFF, 0, 0x7B], [0x7B, 0, 0x7D, 0]] as [[UInt8]])
    func namesUTF16(bytes: [UInt8]) {
        let error = #expect(throws: JSONError.self) { try JSONNode(parsing: bytes) }
        #expect(error?.reason.contains("UTF-16") == true)
    }

    @Test("a member that is there twice is found among hundreds", arguments: [15, 16, 17, 18, 400])
    func findsRepetitionsInLargeObjects(count: Int) {
        let members = (0..<count).map { "\"k\($0)\":\($0)" }
        let text = "{\(members.joined(separator: ",\n")),\n\"k3\":0}"
        let error = #expect(throws: JSONError.self) { try JSONNode(parsing: text) }
        #expect(error?.position == JSONPosition(line: count + 1, column: 1))
        #expect(error?.reason == "the member \"k3\" is there twice, first at line 4, column 1")
    }

    @Test("the same name in objects beside and inside each other is no repetition")
    func takesNamesOfOtherObjects() throws {
        let inner = "{\((0..<40).map { "\"k\($0)\":{\"k0\":1}" }.joined(separator: ","))}"
        _ = try JSONNode(parsing: "[\(inner),{\"k0\":\(inner),\"k1\":\(inner)}]")
    }

    @Test("nesting and size have limits, which are told")
    func holdsLimits() throws {
        let limits = JSONLimits(bytes: 100, depth: 8)
        let eight = String(repeating: "[", count: 8) + String(repeating: "]", count: 8)
        _ = try JSONNode(parsing: eight, limits: limits)
        let deep = #expect(throws: JSONError.self) { try JSONNode(parsing: "[\(eight)]", limits: limits) }
        #expect(deep?.reason == "arrays and objects are nested more than 8 deep")
        #expect(deep?.position.column == 9)
        let beside = "[[[[[[[[]]]]]]],[[[[[[[]]]]]]]]"
        _ = try JSONNode(parsing: beside, limits: limits)
        let long = #expect(throws: JSONError.self) {
            try JSONNode(parsing: "\"\(String(repeating: "a", count: 99))\"", limits: limits)
        }
        #expect(long?.reason == "the text has 101 bytes, more than the 100 that are read")
        let hostile = String(repeating: "[", count: 1_000_000)
        #expect(throws: JSONError.self) { try JSONNode(parsing: hostile) }
        #expect(throws: JSONError.self) { try Self.skip(Array(hostile.utf8)) }
    }

    @Test("a message shows no character that steers a terminal")
    func showsCleanText() throws {
        let error = #expect(throws: JSONError.self) { try JSONNode(parsing: "\u{1B}[31m") }
        #expect(error?.reason == "expected a value, found \"U+001B\"")
        let twice = #expect(throws: JSONError.self) {
            try JSONNode(parsing: "{\"\\u001b\\u202e\":1,\"\\u001b\\u202e\":1}")
        }
        #expect(twice?.reason.contains("\"U+001BU+202E\"") == true)
    }

    private static func skip(_ bytes: [UInt8]) throws {
        try JSONReader.read(bytes) { (reader) throws(JSONError) in try reader.skip() }
    }
}
