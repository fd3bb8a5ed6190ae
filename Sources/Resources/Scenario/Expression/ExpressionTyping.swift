/// Sees that the parts of an expression go together, as far as that is known before anything is measured.
struct ExpressionTyping {
    let scope: ExpressionScope

    /// The type of a part, or the first place where two do not go together.
    func type(of node: Expectation.Node) throws(ExpressionProblem) -> ExpressionType {
        switch node {
        case .quantity(_, let dimension, _): return .quantity(dimension)
        case .text: return .text
        case .truth: return .truth
        case .level(let factor, _): return scope.factors[factor] ?? .text
        case .statistic(.count, _), .findings, .trials: return .quantity(.number)
        case .statistic(_, let selection):
            return .quantity(scope.unit(selection.metric).map { Dimension(unit: $0) })
        case .outcome, .verdict: return .text
        case .not(let inner, _):
            try expect(inner, .truth, "not")
            return .truth
        case .negative(let inner, let offset):
            guard case .quantity(let dimension) = try type(of: inner) else {
                throw ExpressionProblem(at: offset, "- expects a number")
            }
            return .quantity(dimension)
        case .binary(let sign, let left, let right, let offset):
            return try type(of: sign, left, right, offset)
        }
    }

    private func type(
        of sign: ExpressionOperator, _ left: Expectation.Node, _ right: Expectation.Node, _ offset: Int
    ) throws(ExpressionProblem) -> ExpressionType {
        switch sign {
        case .and, .or:
            try expect(left, .truth, sign.rawValue)
            try expect(right, .truth, sign.rawValue)
            return .truth
        case .equal, .unequal:
            let types = (try type(of: left), try type(of: right))
            if case (.quantity(let one), .quantity(let other)) = types {
                _ = try Self.common(one, other, sign, offset)
            } else if types.0 != types.1 {
                throw ExpressionProblem(at: offset, "\(sign.rawValue) compares \(types.0) with \(types.1)")
            }
            try checkWords(left, right)
            try checkWords(right, left)
            return .truth
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            let (one, other) = try quantities(left, right, sign, offset)
            _ = try Self.common(one, other, sign, offset)
            return .truth
        case .plus, .minus:
            let (one, other) = try quantities(left, right, sign, offset)
            return .quantity(try Self.common(one, other, sign, offset))
        case .times:
            let (one, other) = try quantities(left, right, sign, offset)
            return .quantity(try Self.product(one, other, offset))
        case .divided:
            let (one, other) = try quantities(left, right, sign, offset)
            return .quantity(try Self.quotient(one, other, offset))
        }
    }

    private func expect(_ node: Expectation.Node, _ type: ExpressionType, _ word: String) throws(ExpressionProblem) {
        let found = try self.type(of: node)
        guard found == type else {
            throw ExpressionProblem(at: node.offset, "\(word) expects \(type), found \(found)")
        }
    }

    private func quantities(
        _ left: Expectation.Node, _ right: Expectation.Node, _ sign: ExpressionOperator, _ offset: Int
    ) throws(ExpressionProblem) -> (Dimension?, Dimension?) {
        let types = (try type(of: left), try type(of: right))
        guard case (.quantity(let one), .quantity(let other)) = types else {
            throw ExpressionProblem(at: offset, "\(sign.rawValue) expects two numbers, found \(types.0) and \(types.1)")
        }
        return (one, other)
    }

    /// The dimension of two that are added or compared.
    static func common(
        _ left: Dimension?, _ right: Dimension?, _ sign: ExpressionOperator, _ offset: Int
    ) throws(ExpressionProblem) -> Dimension? {
        guard let left, let right else { return left ?? right }
        guard left == right else {
            throw ExpressionProblem(
                at: offset, "the two sides of \(sign.rawValue) have different units: \(left) and \(right)")
        }
        return left
    }

    static func product(_ left: Dimension?, _ right: Dimension?, _ offset: Int) throws(ExpressionProblem) -> Dimension?
    {
        if left == .number { return right }
        if right == .number { return left }
        guard left == nil || right == nil else {
            throw ExpressionProblem(at: offset, "one side of * has to be a number without a unit")
        }
        return nil
    }

    static func quotient(_ left: Dimension?, _ right: Dimension?, _ offset: Int) throws(ExpressionProblem) -> Dimension?
    {
        if right == .number { return left }
        guard let left, let right else { return nil }
        guard left == right else {
            throw ExpressionProblem(
                at: offset, "what is divided by has to be a number, or to have the same unit: \(left) and \(right)")
        }
        return .number
    }

    /// A word that an outcome or a verdict can never be would make a comparison that says nothing.
    private func checkWords(_ node: Expectation.Node, _ other: Expectation.Node) throws(ExpressionProblem) {
        guard case .text(let text, let offset) = other else { return }
        let words: [String]
        switch node {
        case .outcome: words = Expectation.outcomes
        case .verdict: words = Expectation.verdicts
        default: return
        }
        guard words.contains(text) else {
            throw ExpressionProblem(
                at: offset, "expected one of \(words.joined(separator: ", ")), found \"\(text)\"",
                suggestion: NearestName.of(text, among: words))
        }
    }
}

extension Expectation {
    /// Reads an expectation: grammar, names, units, and that it is true or false; the first problem of it, otherwise.
    public init(parsing text: String, in scope: ExpressionScope) throws(ExpressionProblem) {
        let root = try ExpressionBinding(scope: scope).bind(try ExpressionParser.parse(text))
        let type = try ExpressionTyping(scope: scope).type(of: root)
        guard type == .truth else {
            throw ExpressionProblem(
                at: root.offset, "an expectation is true or false, found \(type); compare it with something")
        }
        self.init(text: text, root: root)
    }
}
