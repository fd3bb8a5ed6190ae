import Statistics

/// Makes new inputs of old ones, as mistakes, other programs' versions and attackers do; the same ones for the same seed.
public struct Mutator: Sendable {
    /// What most inputs stay below; one in four thousand may be as large as ``largest``.
    static let usual = 1 << 14
    /// What no input goes beyond.
    static let largest = 1 << 20

    private let words: [[UInt8]]
    var random: SeededGenerator

    /// A mutator with the words of a language.
    public init(words: [String], seed: UInt64) {
        self.words = words.map { Array($0.utf8) }
        random = SeededGenerator(seed: seed)
    }

    /// A changed copy of one of the inputs, with pieces of the others.
    public mutating func mutation(of pool: [[UInt8]]) -> [UInt8] {
        guard let first = pick(pool) else { return [] }
        let isLarge = one(in: 4_096)
        let limit = isLarge ? Self.largest : Self.usual
        var input = first
        // Mostly few changes: what is wrong in many places is refused at the first.
        repeat { change(&input, pool, isLarge: isLarge) } while one(in: 2) && input.count <= limit
        return input.count > limit ? Array(input[..<limit]) : input
    }

    private mutating func change(_ input: inout [UInt8], _ pool: [[UInt8]], isLarge: Bool) {
        switch random.index(below: 20) {
        case 0: flipBit(&input)
        case 1: replaceByte(&input)
        case 2: input.removeSubrange(range(in: input))
        case 3: duplicate(&input, isLarge: isLarge)
        case 4: input.removeSubrange(position(in: input)...)
        case 5: splice(&input, pool)
        case 6: insert(pick(words) ?? [], into: &input)
        case 7, 8: replaceToken(&input, pool)
        case 9, 10: replaceNumber(&input)
        case 11: nest(&input, isLarge: isLarge)
        case 12, 13: insert(pick(HostileText.pieces) ?? [], into: &input)
        case 14: swapTokens(&input)
        case 15: changeLines(&input)
        case 16: overwriteNumber(&input)
        case 17: exchangeParts(&input)
        case 18: copyMember(&input)
        default: repeatByte(&input, isLarge: isLarge)
        }
    }

    // MARK: Bytes

    private mutating func flipBit(_ input: inout [UInt8]) {
        guard !input.isEmpty else { return }
        input[random.index(below: input.count)] ^= 1 << UInt8(random.index(below: 8))
    }

    private mutating func replaceByte(_ input: inout [UInt8]) {
        guard !input.isEmpty else { return }
        let structural = Array("{}[]\",:=-#&*!|>%@` \n\t\\/.+0".utf8) + [0, 0x7F, 0x80, 0xFF]
        input[random.index(below: input.count)] = pick(structural) ?? 0
    }

    private mutating func duplicate(_ input: inout [UInt8], isLarge: Bool) {
        let piece = Array(input[range(in: input)])
        let count = one(in: 8) ? times(isLarge: isLarge, bytes: piece.count) : 1
        let place = position(in: input)
        input.insert(contentsOf: (0..<count).flatMap { _ in piece }, at: place)
    }

    private mutating func repeatByte(_ input: inout [UInt8], isLarge: Bool) {
        let byte = pick(Array(" \n\t[{(-0a,:&\"\\".utf8)) ?? 0
        insert(Array(repeating: byte, count: times(isLarge: isLarge, bytes: 1)), into: &input)
    }

    private mutating func splice(_ input: inout [UInt8], _ pool: [[UInt8]]) {
        guard let other = pick(pool) else { return }
        if one(in: 2) {
            input = Array(input[..<position(in: input)]) + other[position(in: other)...]
        } else {
            insert(Array(other[range(in: other)]), into: &input)
        }
    }

    /// Two or four or eight bytes that may be a length, in either order.
    private mutating func overwriteNumber(_ input: inout [UInt8]) {
        let size = pick([2, 4, 8]) ?? 2
        guard input.count >= size else { return }
        let place = random.index(below: input.count - size + 1)
        let number = one(in: 2) ? pick(ExtremeNumber.words) ?? 0 : UInt64(random.index(below: input.count + 8))
        let isBig = one(in: 3)
        for index in 0..<size {
            let shift = UInt64(isBig ? size - 1 - index : index) * 8
            input[place + index] = UInt8(truncatingIfNeeded: number >> shift)
        }
    }

    private mutating func insert(_ piece: [UInt8], into input: inout [UInt8]) {
        input.insert(contentsOf: piece, at: position(in: input))
    }

    // MARK: Tokens

    private mutating func replaceToken(_ input: inout [UInt8], _ pool: [[UInt8]]) {
        guard let token = token(in: input, where: Self.isWordByte) else { return }
        var piece = pick(words) ?? []
        if one(in: 2), let other = pick(pool), let found = self.token(in: other, where: Self.isWordByte) {
            piece = Array(other[found])
        }
        input.replaceSubrange(token, with: piece)
    }

    private mutating func replaceNumber(_ input: inout [UInt8]) {
        guard let token = token(in: input, where: Self.isNumberByte) else { return }
        input.replaceSubrange(token, with: Array((pick(ExtremeNumber.texts) ?? "0").utf8))
    }

    private mutating func swapTokens(_ input: inout [UInt8]) {
        guard let one = token(in: input, where: Self.isWordByte), let other = token(in: input, where: Self.isWordByte),
            !one.overlaps(other)
        else { return }
        let (first, second) = one.lowerBound < other.lowerBound ? (one, other) : (other, one)
        let (early, late) = (Array(input[first]), Array(input[second]))
        input.replaceSubrange(second, with: early)
        input.replaceSubrange(first, with: late)
    }

    /// A token near a random place: the bytes around it that belong together.
    private mutating func token(in input: [UInt8], where belongs: (UInt8) -> Bool) -> Range<Int>? {
        guard !input.isEmpty else { return nil }
        let start = random.index(below: input.count)
        guard let first = input[start...].firstIndex(where: belongs) ?? input.firstIndex(where: belongs) else {
            return nil
        }
        let begin = input[..<first].lastIndex { !belongs($0) }.map { $0 + 1 } ?? 0
        let end = input[first...].firstIndex { !belongs($0) } ?? input.count
        return begin..<end
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        isNumberByte(byte) || byte == UInt8(ascii: "_") || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
    }

    private static func isNumberByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }

    // MARK: Structure

    private mutating func nest(_ input: inout [UInt8], isLarge: Bool) {
        let brackets = [("[", "]"), ("{\"a\":", "}"), ("{", "}"), ("- ", ""), ("(", ")"), ("a: ", ""), ("\"", "\"")]
        guard let (open, close) = pick(brackets) else { return }
        let count = one(in: 4) ? times(isLarge: isLarge, bytes: open.utf8.count) : 1
        let part = range(in: input)
        let closing = one(in: 4) ? [] : (0..<count).flatMap { _ in Array(close.utf8) }
        input.insert(contentsOf: closing, at: part.upperBound)
        input.insert(contentsOf: (0..<count).flatMap { _ in Array(open.utf8) }, at: part.lowerBound)
    }

    private mutating func changeLines(_ input: inout [UInt8]) {
        var lines = input.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.count > 1 else { return }
        let line = random.index(below: lines.count)
        switch random.index(below: 4) {
        case 0: lines.remove(at: line)
        case 1: lines.insert(lines[line], at: random.index(below: lines.count + 1))
        case 2: lines.swapAt(line, random.index(below: lines.count))
        default: lines[line] = Array(repeating: UInt8(ascii: " "), count: random.index(below: 9)) + lines[line]
        }
        input = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }

    private mutating func exchangeParts(_ input: inout [UInt8]) {
        let cuts = [position(in: input), position(in: input), position(in: input)].sorted()
        input =
            Array(input[..<cuts[0]]) + input[cuts[1]..<cuts[2]] + input[cuts[0]..<cuts[1]] + input[cuts[2]...]
    }

    /// Twice the same key, or an element once more: the text from one comma to the next is copied.
    private mutating func copyMember(_ input: inout [UInt8]) {
        let comma = UInt8(ascii: ",")
        guard let start = input[position(in: input)...].firstIndex(of: comma) else { return }
        let end = input[(start + 1)...].firstIndex { $0 == comma || $0 == 0x7D || $0 == 0x5D } ?? input.count
        input.insert(contentsOf: Array(input[start..<end]), at: start)
    }

    // MARK: Choices

    private mutating func times(isLarge: Bool, bytes: Int) -> Int {
        let most = (isLarge ? Self.largest : Self.usual) / max(bytes, 1)
        return 2 + random.index(below: one(in: 4) ? most : min(most, 64))
    }

    private mutating func position(in input: [UInt8]) -> Int { random.index(below: input.count + 1) }

    private mutating func range(in input: [UInt8]) -> Range<Int> {
        let start = position(in: input)
        let most = one(in: 2) ? 8 : input.count
        return start..<min(input.count, start + random.index(below: most + 1))
    }

    private mutating func one(in count: Int) -> Bool { random.index(below: count) == 0 }

    private mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[random.index(below: elements.count)]
    }
}
