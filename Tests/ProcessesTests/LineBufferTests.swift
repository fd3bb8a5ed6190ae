import Testing

@testable import Processes

@Suite("Cutting bytes into lines")
struct LineBufferTests {
    @Test("the pieces in which bytes arrive do not change the lines", arguments: 1...12)
    func isIndependentOfPieces(size: Int) {
        let text = "first\n\nthird line\nüñí\nrest"
        let bytes = Array(text.utf8)
        var buffer = LineBuffer()
        var lines: [String] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            buffer.append(Array(bytes[start..<min(start + size, bytes.count)]))
            while let line = buffer.next() { lines.append(line) }
        }
        #expect(lines == ["first", "", "third line", "üñí"])
        #expect(buffer.rest() == "rest")
        #expect(buffer.rest() == nil)
        #expect(buffer.count == 0)
    }

    @Test("the tail keeps the last bytes only, without white space at the ends")
    func keepsTail() {
        var tail = TailBuffer(limit: 8)
        tail.append(Array("0123456789".utf8))
        #expect(tail.text == "23456789")
        tail.append(Array("ab \n".utf8))
        #expect(tail.text == "6789ab")
        tail.append([])
        #expect(tail.text == "6789ab")
    }
}
