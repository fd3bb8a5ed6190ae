/// What the names in an expression can mean.
public struct ExpressionScope: Sendable {
    /// The step that it belongs to, which is meant where no step is named; nil for one that measures nothing.
    public var own: String?
    /// Every step that measures.
    public var steps: Set<String>
    /// The factors of the matrix, with the type that their levels have.
    public var factors: [String: ExpressionType]
    /// The unit of a metric; nil where it is not known.
    public var unit: @Sendable (_ metric: String) -> String?

    /// A scope.
    public init(
        own: String?, steps: Set<String>, factors: [String: ExpressionType] = [:],
        unit: @escaping @Sendable (_ metric: String) -> String?
    ) {
        self.own = own
        self.steps = steps
        self.factors = factors
        self.unit = unit
    }
}

/// What a part of an expression is.
public enum ExpressionType: Sendable, Equatable, CustomStringConvertible {
    /// True or false.
    case truth
    /// A text.
    case text
    /// A number; without a dimension where the unit is not known before it was measured.
    case quantity(Dimension?)

    /// For people.
    public var description: String {
        switch self {
        case .truth: "true or false"
        case .text: "a text"
        case .quantity(.number), .quantity(nil): "a number"
        case .quantity(.some(let dimension)): "a quantity in \(dimension)"
        }
    }
}
