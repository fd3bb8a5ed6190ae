/// Reads the grammar of expressions, which knows no names: `or`, `and`, `not`, comparisons, sums, products, paths.
struct ExpressionParser {
    /// How deep brackets, `not` and signs may be nested; far more than anybody reads.
    private static let deepest = 40

    private let tokens: [ExpressionToken]
    private var index = 0
    private var depth = 0

    static func parse(_ text: String) throws(ExpressionProblem) -> ExpressionSyntax {
        var parser = ExpressionParser(tokens: try ExpressionLexer.tokens(of: text))
        guard parser.current.kind != .end else {
            throw ExpressionProblem(at: 0, "expected an expression, found nothing")
        }
        let expression = try parser.alternatives()
        guard parser.current.kind == .end else {
            throw ExpressionProblem(
                at: parser.current.offset, "expected an operator or the end, found \(parser.current.found)",
                suggestion: parser.current.kind == .sign("=") ? "==" : nil)
        }
        return expression
    }

    private init(tokens: [ExpressionToken]) { self.tokens = tokens }

    // The lexer's last token is the end, and stays current.
    private var current: ExpressionToken { tokens[min(index, tokens.count - 1)] }

    private mutating func take() -> ExpressionToken {
        defer { index += 1 }
        return current
    }

    private mutating func takes(_ kind: ExpressionToken.Kind) -> Bool {
        guard current.kind == kind else { return false }
        index += 1
        return true
    }

    private mutating func nested<Value>(
        _ body: (inout ExpressionParser) throws(ExpressionProblem) -> Value
    ) throws(ExpressionProblem) -> Value {
        guard depth < Self.deepest else {
            throw ExpressionProblem(at: current.offset, "expressions are nested at most \(Self.deepest) deep")
        }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }

    // MARK: Levels of operators, the weakest first

    private mutating func alternatives() throws(ExpressionProblem) -> ExpressionSyntax {
        try chain([.name("or"): .or]) { parser throws(ExpressionProblem) in
            try parser.chain([.name("and"): .and]) { parser throws(ExpressionProblem) in try parser.negation() }
        }
    }

    private mutating func negation() throws(ExpressionProblem) -> ExpressionSyntax {
        let offset = current.offset
        guard takes(.name("not")) else { return try comparison() }
        return .not(try nested { parser throws(ExpressionProblem) in try parser.negation() }, offset: offset)
    }

    private static let comparisons: [ExpressionOperator] = [
        .equal, .unequal, .lessOrEqual, .greaterOrEqual, .less, .greater,
    ]

    private mutating func comparison() throws(ExpressionProblem) -> ExpressionSyntax {
        let left = try sum()
        guard let sign = Self.comparisons.first(where: { current.kind == .sign($0.rawValue) }) else { return left }
        let offset = take().offset
        let result = ExpressionSyntax.binary(sign, left, try sum(), offset: offset)
        guard !Self.comparisons.contains(where: { current.kind == .sign($0.rawValue) }) else {
            throw ExpressionProblem(
                at: current.offset, "comparisons do not follow each other; write \"a < b and b < c\"")
        }
        return result
    }

    private mutating func sum() throws(ExpressionProblem) -> ExpressionSyntax {
        try chain([.sign("+"): .plus, .sign("-"): .minus]) { parser throws(ExpressionProblem) in
            try parser.chain([.sign("*"): .times, .sign("/"): .divided]) { parser throws(ExpressionProblem) in
                try parser.signed()
            }
        }
    }

    private mutating func chain(
        _ operators: KeyValuePairs<ExpressionToken.Kind, ExpressionOperator>,
        _ operand: (inout ExpressionParser) throws(ExpressionProblem) -> ExpressionSyntax
    ) throws(ExpressionProblem) -> ExpressionSyntax {
        var left = try operand(&self)
        while let found = operators.first(where: { $0.key == current.kind }) {
            let offset = take().offset
            left = .binary(found.value, left, try operand(&self), offset: offset)
        }
        return left
    }

    private mutating func signed() throws(ExpressionProblem) -> ExpressionSyntax {
        let offset = current.offset
        guard takes(.sign("-")) else { return try primary() }
        return .negative(try nested { parser throws(ExpressionProblem) in try parser.signed() }, offset: offset)
    }

    // MARK: Values

    private mutating func primary() throws(ExpressionProblem) -> ExpressionSyntax {
        let token = take()
        switch token.kind {
        case .number(let value, let dimension): return .number(value, dimension, offset: token.offset)
        case .text(let text): return .text(text, offset: token.offset)
        case .name("true"): return .truth(true, offset: token.offset)
        case .name("false"): return .truth(false, offset: token.offset)
        case .name(let name) where !["and", "or", "not"].contains(name):
            index -= 1
            return .path(try path())
        case .sign("("):
            let inner = try nested { parser throws(ExpressionProblem) in try parser.alternatives() }
            try expect(")")
            return inner
        default:
            throw ExpressionProblem(at: token.offset, "expected a number, a text or a name, found \(token.found)")
        }
    }

    private mutating func path() throws(ExpressionProblem) -> [ExpressionSyntax.Part] {
        var parts: [ExpressionSyntax.Part] = []
        repeat {
            let token = take()
            guard case .name(let name) = token.kind else {
                throw ExpressionProblem(at: token.offset, "expected a name behind the dot, found \(token.found)")
            }
            let arguments = current.kind == .sign("(") ? try arguments() : nil
            parts.append(ExpressionSyntax.Part(name: name, offset: token.offset, arguments: arguments))
        } while takes(.sign("."))
        return parts
    }

    private mutating func arguments() throws(ExpressionProblem) -> [ExpressionSyntax.Argument] {
        _ = take()
        var arguments: [ExpressionSyntax.Argument] = []
        if takes(.sign(")")) { return arguments }
        repeat {
            let start = current
            var name: String?
            if case .name(let word) = start.kind, index + 1 < tokens.count,
                [.sign(":"), .sign("=")].contains(tokens[index + 1].kind)
            {
                name = word
                index += 2
            }
            let value = try nested { parser throws(ExpressionProblem) in try parser.alternatives() }
            arguments.append(ExpressionSyntax.Argument(name: name, offset: start.offset, value: value))
        } while takes(.sign(","))
        try expect(")")
        return arguments
    }

    private mutating func expect(_ sign: String) throws(ExpressionProblem) {
        let token = take()
        guard token.kind == .sign(sign) else {
            throw ExpressionProblem(at: token.offset, "expected \(sign), found \(token.found)")
        }
    }
}
