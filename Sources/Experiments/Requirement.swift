import Contract
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

extension Requirement {
    /// What a condition needs of the kernel, and the programs that carry it out.
    static func of(_ condition: any Condition) -> [Requirement] {
        let features = condition.kernelFeatures.sorted { $0.rawValue < $1.rawValue }
        return features.map { Requirement(.kernel($0)) }
            + condition.programs.sorted().map { Requirement(.program($0)) }
    }
}
