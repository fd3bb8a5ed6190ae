import Testing

@testable import Commands

@Suite("Tables on a terminal")
struct TextTableTests {
    @Test("columns are as wide as their widest cell, numbers stand to the right, no line ends in blanks")
    func layout() {
        var table = TextTable([.init("network"), .init("n", .right)])
        table.add(["bridge", "6"])
        table.add(["x", "1200"])
        #expect(table.text == "NETWORK     N\nbridge      6\nx        1200\n")
    }

    @Test("an empty table is its heads")
    func empty() {
        #expect(TextTable([.init("a"), .init("b")]).text == "A  B\n")
    }
}
