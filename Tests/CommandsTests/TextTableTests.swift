import Quantities
import TestSupport
import Testing

@testable import Commands

@Suite("Tables on a terminal")
struct TextTableTests {
    @Test("columns are as wide as their widest cell, numbers stand to the right, no line ends in blanks")
    func layout() {
        let table = TextTable([.init("network"), .init("n", .right)], rows: [["bridge", "6"], ["x", "1200"]])
        #expect(table.text == "NETWORK     N\nbridge      6\nx        1200\n")
    }

    @Test("a cell is on one line and acts on no terminal, whatever is in it", arguments: HostileText.all)
    func hostile(text: HostileText) {
        let table = TextTable([.init("a"), .init("b")], rows: [[text.text, "next"]])
        let lines = table.text.unicodeScalars.split(separator: "\n").map(String.init)
        #expect(lines.count == 2 && lines.last?.hasSuffix("next") == true)
        #expect(!table.text.unicodeScalars.contains { $0 != "\n" && VisibleText.kind(of: $0) != .ordinary })
    }

    @Test("an empty table is its heads")
    func empty() {
        #expect(TextTable([.init("a"), .init("b")]).text == "A  B\n")
    }
}
