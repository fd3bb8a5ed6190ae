public import Testbed

/// What a variant needs of the testbed, and what follows where that is missing.
public struct Requirement: Sendable, Hashable {
    /// What is needed.
    public var need: Need
    /// Whether the whole run is refused where it is missing; otherwise only its variants are skipped.
    public var isEssential: Bool

    /// A requirement.
    public init(_ need: Need, isEssential: Bool = false) {
        self.need = need
        self.isEssential = isEssential
    }
}
