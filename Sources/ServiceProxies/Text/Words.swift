/// Texts that rules repeat, such as names, hashes and marks: put together once, then copied into each rule.
struct Words {
    private var text = TextBuffer()

    /// Puts a text aside; its own words are from here, too.
    mutating func put(_ new: RuleText) -> Word {
        let start = text.count
        text.append(ownWords: new)
        return Word(start..<text.count)
    }

    /// Puts bytes aside.
    mutating func put(_ bytes: [UInt8]) -> Word {
        let start = text.count
        text.append(bytes)
        return Word(start..<text.count)
    }

    /// Puts a text aside that is known at run time only.
    mutating func put(text string: some StringProtocol) -> Word {
        let start = text.count
        text.append(text: string)
        return Word(start..<text.count)
    }

    /// Puts aside what was written elsewhere.
    mutating func put(_ written: TextBuffer) -> Word {
        let start = text.count
        text.append(written)
        return Word(start..<text.count)
    }

    /// A copy of what was put aside.
    func bytes(of word: Word) -> [UInt8] {
        text.withBytes { Array($0[word.range]) }
    }

    /// How much was put aside.
    var count: Int { text.count }

    /// Forgets what was put aside behind so many bytes, and keeps the room.
    mutating func forget(behind count: Int) { text.removeAll(behind: count) }

    /// Forgets a word and all that was put aside after it.
    mutating func forget(from word: Word) { forget(behind: word.range.lowerBound) }

    /// Lends what was put aside.
    @inline(__always)
    func withBytes(_ body: (UnsafeBufferPointer<UInt8>) -> Void) { text.withBytes(body) }
}
