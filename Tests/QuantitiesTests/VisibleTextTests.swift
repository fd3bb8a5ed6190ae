import Foundation
import TestSupport
import Testing

@testable import Quantities

@Suite("text of others for people to look at")
struct VisibleTextTests {
    private static func isSeen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: false
        default:
            !["\u{61C}", "\u{200E}", "\u{200F}"].contains(scalar) && !(0x202A...0x202E).contains(scalar.value)
                && !(0x2066...0x2069).contains(scalar.value)
        }
    }

    @Test("a line is one, and holds nothing that acts on a terminal", arguments: HostileText.all)
    func line(hostile: HostileText) {
        let line = VisibleText.line(hostile.text)
        #expect(line.unicodeScalars.allSatisfy(Self.isSeen))
        #expect(line.unicodeScalars.count <= hostile.text.unicodeScalars.count)
        #expect(VisibleText.line(line) == line)
    }

    @Test("lines keep their ends and tabs, and hold nothing else that acts", arguments: HostileText.all)
    func lines(hostile: HostileText) {
        let lines = VisibleText.lines(hostile.text)
        #expect(lines.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\t" || Self.isSeen($0) })
    }

    @Test("what can be seen stays as it is", arguments: ["", "plain", "µs · ü € 漢字 🇩🇪 👩‍💻 e\u{301}", "it's `x` \\ \"y\""])
    func ordinary(text: String) {
        #expect(VisibleText.line(text) == text && VisibleText.lines(text) == text && VisibleText.json(text) == text)
    }

    @Test("what happens to each kind, exactly")
    func exact() {
        #expect(VisibleText.line("a\r\nb\tc\u{1B}[1m\u{9B}\u{202E}\0") == "a b c\u{FFFD}[1m\u{FFFD}\u{FFFD}\u{FFFD}")
        #expect(VisibleText.line("a\r\rb\n\nc") == "a  b  c")
        #expect(VisibleText.lines("a\r\nb\tc\r\u{7}") == "a\nb\tc\u{FFFD}")
        #expect(VisibleText.json("{\n\"a\": \"\u{9B}\u{202E}\u{7F}é\"}") == "{\n\"a\": \"\\u009b\\u202e\\u007fé\"}")
    }

    @Test("a JSON document says the same to programs, and holds nothing that acts", arguments: HostileText.all)
    func json(hostile: HostileText) throws {
        let document = String(decoding: try JSONEncoder().encode([hostile.text]), as: UTF8.self)
        let shown = VisibleText.json(document)
        #expect(shown.unicodeScalars.allSatisfy(Self.isSeen))
        #expect(try JSONDecoder().decode([String].self, from: Data(shown.utf8)) == [hostile.text])
    }
}
