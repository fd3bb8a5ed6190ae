/// An expression as it is written, before its names mean something.
indirect enum ExpressionSyntax: Sendable, Equatable {
    /// One part of a path, such as `throughput(network: "bridge")`.
    struct Part: Sendable, Equatable {
        let name: String
        let offset: Int
        /// What stands in brackets behind it; nil without brackets.
        let arguments: [Argument]?
    }

    struct Argument: Sendable, Equatable {
        /// Nil for one without a name.
        let name: String?
        let offset: Int
        let value: ExpressionSyntax
    }

    case number(Double, Dimension, offset: Int)
    case text(String, offset: Int)
    case truth(Bool, offset: Int)
    case path([Part])
    case not(ExpressionSyntax, offset: Int)
    case negative(ExpressionSyntax, offset: Int)
    case binary(ExpressionOperator, ExpressionSyntax, ExpressionSyntax, offset: Int)
}

/// What stands between two values.
public enum ExpressionOperator: String, Sendable, Equatable, CaseIterable {
    case or, and
    case equal = "=="
    case unequal = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
}
