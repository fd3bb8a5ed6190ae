import Contract
import Resources

/// Holds an expectation against what the steps of a cell have measured.
///
/// Everything in it is worked out, whatever stands around it: what was never measured is an error, and never true.
struct ExpectationJudge: Sendable {
    /// What a part of an expression comes to.
    enum Value: Sendable, Equatable {
        case truth(Bool)
        case text(String)
        case quantity(Double, Dimension)

        /// For people.
        var words: String {
            switch self {
            case .truth(let isTrue): "\(isTrue)"
            case .text(let text): text
            case .quantity(let value, let dimension): dimension.words(value)
            }
        }
    }

    /// By the step's name.
    let results: [String: StepResults.State]
    /// The levels of the cell.
    let cell: Scenario.Cell
    /// What every random choice of a comparison comes from.
    let seed: UInt64

    /// The expectation as a finding: what it says, and what the numbers in it were.
    func finding(_ expectation: Expectation) -> Finding {
        do throws(ExpressionProblem) {
            let value = try value(of: expectation.root)
            let found = leaves(of: expectation.root).joined(separator: ", ")
            guard case .truth(let isTrue) = value else {
                throw ExpressionProblem(at: expectation.root.offset, "it is neither true nor false")
            }
            return Finding(
                check: expectation.text, expected: expectation.text, found: found.isEmpty ? "\(isTrue)" : found,
                verdict: isTrue ? .passed : .failed)
        } catch {
            return Finding(
                check: expectation.text, expected: expectation.text, found: "not known", detail: error.description,
                verdict: .failed)
        }
    }

    /// What a part comes to, or why it cannot be known.
    func value(of node: Expectation.Node) throws(ExpressionProblem) -> Value {
        switch node {
        case .quantity(let value, let dimension, _): return .quantity(value, dimension)
        case .text(let text, _): return .text(text)
        case .truth(let isTrue, _): return .truth(isTrue)
        case .level(let factor, let offset):
            guard let level = cell.level(of: factor) else {
                throw ExpressionProblem(at: offset, "the matrix has no \(factor)")
            }
            return level.quantity.map { .quantity($0.value, $0.dimension) } ?? .text(level.text)
        case .statistic(let statistic, let selection):
            return try StepStatistic(selection: selection, state: try state(selection.step, selection.offset))
                .value(statistic)
        case .findings(let step, let filters, let offset):
            return .quantity(
                Double(try StepCount(state: try state(step, offset), filters: filters, offset: offset).findings),
                .number)
        case .trials(let step, let filters, let offset):
            return .quantity(
                Double(try StepCount(state: try state(step, offset), filters: filters, offset: offset).trials), .number)
        case .outcome(let step, let offset):
            guard let outcome = results[step]?.outcome else {
                throw ExpressionProblem(at: offset, "the step \(step) was not run")
            }
            return .text(outcome)
        case .verdict(let base, let candidate, _):
            let sides = (
                StepStatistic(selection: base, state: try state(base.step, base.offset)),
                StepStatistic(selection: candidate, state: try state(candidate.step, candidate.offset))
            )
            return .text(try StepStatistic.verdict(sides.0, sides.1, seed: seed))
        case .not(let inner, let offset):
            return .truth(!(try truth(inner, offset)))
        case .negative(let inner, let offset):
            guard case .quantity(let value, let dimension) = try value(of: inner) else {
                throw ExpressionProblem(at: offset, "- expects a number")
            }
            return .quantity(-value, dimension)
        case .binary(let sign, let left, let right, let offset):
            return try Self.apply(sign, try value(of: left), try value(of: right), offset)
        }
    }

    /// A step that has ended with a row of its own.
    private func state(_ step: String, _ offset: Int) throws(ExpressionProblem) -> StepResults.State {
        guard let state = results[step], state.outcome != nil else {
            throw ExpressionProblem(at: offset, "the step \(step) was not run")
        }
        guard state.outcome != StepEnd.skipped else {
            throw ExpressionProblem(at: offset, "the step \(step) was skipped")
        }
        return state
    }

    private func truth(_ node: Expectation.Node, _ offset: Int) throws(ExpressionProblem) -> Bool {
        guard case .truth(let isTrue) = try value(of: node) else {
            throw ExpressionProblem(at: offset, "expected true or false")
        }
        return isTrue
    }

    private static func apply(
        _ sign: ExpressionOperator, _ left: Value, _ right: Value, _ offset: Int
    ) throws(ExpressionProblem) -> Value {
        switch (sign, left, right) {
        case (.and, .truth(let one), .truth(let other)): return .truth(one && other)
        case (.or, .truth(let one), .truth(let other)): return .truth(one || other)
        case (.equal, .text, .text), (.equal, .truth, .truth): return .truth(left == right)
        case (.unequal, .text, .text), (.unequal, .truth, .truth): return .truth(left != right)
        case (_, .quantity(let one, let unit), .quantity(let other, let otherUnit)):
            return try apply(sign, (one, unit), (other, otherUnit), offset)
        default: throw ExpressionProblem(at: offset, "\(sign.rawValue) cannot join \(left.words) and \(right.words)")
        }
    }

    private static func apply(
        _ sign: ExpressionOperator, _ left: (value: Double, unit: Dimension), _ right: (value: Double, unit: Dimension),
        _ offset: Int
    ) throws(ExpressionProblem) -> Value {
        func common() throws(ExpressionProblem) -> Dimension {
            guard left.unit == right.unit else {
                throw ExpressionProblem(
                    at: offset, "the two sides of \(sign.rawValue) have different units: \(left.unit) and \(right.unit)"
                )
            }
            return left.unit
        }
        func finite(_ value: Double, _ unit: Dimension) throws(ExpressionProblem) -> Value {
            guard value.isFinite else {
                throw ExpressionProblem(at: offset, "\(sign.rawValue) leads out of the numbers")
            }
            return .quantity(value, unit)
        }
        switch sign {
        case .plus: return try finite(left.value + right.value, try common())
        case .minus: return try finite(left.value - right.value, try common())
        case .times:
            guard left.unit == .number || right.unit == .number else {
                throw ExpressionProblem(at: offset, "one side of * has to be a number without a unit")
            }
            return try finite(left.value * right.value, left.unit == .number ? right.unit : left.unit)
        case .divided:
            guard right.value != 0 else { throw ExpressionProblem(at: offset, "it is divided by 0") }
            let unit = right.unit == .number ? left.unit : try common()
            return try finite(left.value / right.value, right.unit == .number ? unit : .number)
        case .equal: _ = try common(); return .truth(left.value == right.value)
        case .unequal: _ = try common(); return .truth(left.value != right.value)
        case .less: _ = try common(); return .truth(left.value < right.value)
        case .lessOrEqual: _ = try common(); return .truth(left.value <= right.value)
        case .greater: _ = try common(); return .truth(left.value > right.value)
        case .greaterOrEqual: _ = try common(); return .truth(left.value >= right.value)
        case .and, .or: throw ExpressionProblem(at: offset, "\(sign.rawValue) expects true or false")
        }
    }

    /// What was measured in the expression, each with its value: `before.throughput.median is 823.4Mbit`.
    private func leaves(of node: Expectation.Node) -> [String] {
        func said(_ words: String) -> [String] {
            guard let value = try? value(of: node) else { return [] }
            return ["\(words) is \(value.words)"]
        }
        switch node {
        case .quantity, .text, .truth: return []
        case .level(let factor, _): return said("matrix.\(factor)")
        case .statistic(let statistic, let of): return said("\(of.step).\(of.metric).\(statistic.rawValue)")
        case .findings(let step, _, _): return said("\(step).findings.count")
        case .trials(let step, _, _): return said("\(step).trials.count")
        case .outcome(let step, _): return said("\(step).outcome")
        case .verdict(let base, let candidate, _):
            return said("the verdict of \(base.step).\(base.metric) and \(candidate.step).\(candidate.metric)")
        case .not(let inner, _), .negative(let inner, _): return leaves(of: inner)
        case .binary(_, let left, let right, _): return leaves(of: left) + leaves(of: right)
        }
    }
}
