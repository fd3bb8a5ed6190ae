extension CanonicalValue {
    /// A value as it stands in a document; what is nothing is left out.
    init?(_ node: DocumentNode) {
        switch node.value {
        case .scalar(let text, let isPlain):
            guard !node.isNothing else { return nil }
            self.init(scalar: text, isPlain: isPlain)
        case .list(let elements): self = .list(elements.compactMap { CanonicalValue($0) })
        case .mapping(let entries):
            self = .object(
                Dictionary(
                    entries.compactMap { entry in CanonicalValue(entry.value).map { (entry.key, $0) } }
                ) { first, _ in first })
        }
    }

    /// A plain number or truth value as such, so that it is read as one again.
    init(scalar text: String, isPlain: Bool) {
        if isPlain, let number = UInt64(text), String(number) == text {
            self = .integer(number)
        } else if isPlain, let isTrue = Bool(text) {
            self = .boolean(isTrue)
        } else {
            self = .string(text)
        }
    }
}
