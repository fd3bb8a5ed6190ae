/// Takes the text of an expression apart into words; pure, and no longer than the text.
struct ExpressionLexer {
    /// Far more than any expectation has.
    static let longest = 1_000

    private let scalars: [Unicode.Scalar]
    private var index = 0

    private init(_ text: String) { scalars = Array(text.unicodeScalars) }

    static func tokens(of text: String) throws(ExpressionProblem) -> [ExpressionToken] {
        var lexer = ExpressionLexer(text)
        guard lexer.scalars.count <= longest else {
            throw ExpressionProblem(
                at: 0, "an expression has at most \(longest) characters, found \(lexer.scalars.count)")
        }
        var tokens: [ExpressionToken] = []
        repeat {
            tokens.append(try lexer.next())
        } while tokens.last?.kind != .end
        return tokens
    }

    private mutating func next() throws(ExpressionProblem) -> ExpressionToken {
        skipSpaces()
        let start = index
        guard index < scalars.count else { return ExpressionToken(kind: .end, offset: start) }
        let kind: ExpressionToken.Kind
        switch scalars[index] {
        case let scalar where Self.isDigit(scalar): kind = try number()
        case let scalar where Self.isLetter(scalar): kind = .name(name())
        case "\"", "'": kind = try text()
        default: kind = .sign(try sign())
        }
        return ExpressionToken(kind: kind, offset: start)
    }

    private mutating func skipSpaces() {
        while index < scalars.count, [" ", "\t", "\n", "\r"].contains(scalars[index]) { index += 1 }
    }

    /// Dashes belong to names, as those of steps have them, when a letter or digit follows.
    private mutating func name() -> String {
        let start = index
        while index < scalars.count {
            let scalar = scalars[index]
            let goesOn = index + 1 < scalars.count && Self.isWord(scalars[index + 1])
            guard Self.isWord(scalar) || (scalar == "-" && goesOn) else { break }
            index += 1
        }
        return string(start..<index)
    }

    /// Digits, and a unit behind them, with or without spaces between.
    private mutating func number() throws(ExpressionProblem) -> ExpressionToken.Kind {
        let start = index
        var hasPoint = false
        while index < scalars.count {
            let isPoint =
                scalars[index] == "." && !hasPoint && index + 1 < scalars.count && Self.isDigit(scalars[index + 1])
            guard Self.isDigit(scalars[index]) || isPoint else { break }
            hasPoint = hasPoint || isPoint
            index += 1
        }
        let digits = string(start..<index)
        let end = index
        skipSpaces()
        let unitStart = index
        while index < scalars.count, Self.isLetter(scalars[index]) || scalars[index] == "%" || isSlashOfUnit {
            index += 1
        }
        var unit = string(unitStart..<index)
        if unitStart > end, !Dimension.units.contains(unit), !unit.hasSuffix("bit/s") {
            // A word behind a space may be the next one of the expression, such as `and`.
            index = end
            unit = ""
        }
        guard digits.count < 2 || !digits.hasPrefix("0") || digits.hasPrefix("0.") else {
            throw ExpressionProblem(at: start, "\(digits) has a zero in front")
        }
        guard let (value, dimension) = Dimension.read(digits, unit), value.isFinite else {
            throw ExpressionProblem(
                at: unit.isEmpty ? start : unitStart,
                unit.isEmpty
                    ? "\(digits) is too large" : "\"\(unit)\" is no unit (\(Dimension.units.joined(separator: ", ")))",
                suggestion: unit.isEmpty ? nil : NearestName.of(unit, among: Dimension.units))
        }
        return .number(value, dimension)
    }

    /// The slash in `Gbit/s`, `/s` and `s/GiB`: a letter behind it, and letters or nothing before.
    private var isSlashOfUnit: Bool {
        guard scalars[index] == "/", index + 1 < scalars.count, Self.isLetter(scalars[index + 1]) else { return false }
        let rest = string(index + 1..<min(index + 4, scalars.count))
        let isWhole = { (word: String) in
            rest.hasPrefix(word) && !(rest.unicodeScalars.dropFirst(word.count).first.map(Self.isWord) ?? false)
        }
        return isWhole("s") || isWhole("m") || rest.hasPrefix("GiB")
    }

    private mutating func text() throws(ExpressionProblem) -> ExpressionToken.Kind {
        let (start, quote) = (index, scalars[index])
        index += 1
        while index < scalars.count, scalars[index] != quote { index += 1 }
        guard index < scalars.count else { throw ExpressionProblem(at: start, "the text that begins here has no end") }
        index += 1
        return .text(string(start + 1..<index - 1))
    }

    private static let signs = ["==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "(", ")", ",", ".", ":", "="]

    private mutating func sign() throws(ExpressionProblem) -> String {
        let rest = string(index..<min(index + 2, scalars.count))
        guard let sign = Self.signs.first(where: rest.hasPrefix) else {
            throw ExpressionProblem(at: index, "\"\(scalars[index])\" has no meaning here")
        }
        index += sign.unicodeScalars.count
        return sign
    }

    private func string(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_" || scalar == "\u{B5}"
    }
    private static func isWord(_ scalar: Unicode.Scalar) -> Bool { isLetter(scalar) || isDigit(scalar) }
}
