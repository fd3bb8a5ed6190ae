/// One word of an expression.
struct ExpressionToken: Sendable, Equatable {
    enum Kind: Sendable, Hashable {
        case name(String)
        case number(Double, Dimension)
        case text(String)
        /// An operator, a bracket, a comma, a dot or a colon.
        case sign(String)
        case end
    }

    let kind: Kind
    /// Scalars before it.
    let offset: Int

    /// How it is called in "found …".
    var found: String {
        switch kind {
        case .name(let name): name
        case .number: "a number"
        case .text(let text): "the text \"\(text)\""
        case .sign(let sign): sign
        case .end: "the end"
        }
    }
}
