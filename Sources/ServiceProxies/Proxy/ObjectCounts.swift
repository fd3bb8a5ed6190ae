/// How many objects of each kind are in the kernel, or have to be.
public struct ObjectCounts: Sendable, Hashable, CustomStringConvertible {
    /// What is counted in the kernel; each mode has a few of these.
    public enum Kind: String, Sendable, Hashable, CaseIterable, Comparable {
        /// Chains that are the proxy's, without base chains of the kernel's tables.
        case chains
        /// Rules of the table `nat`, or of nftables altogether.
        case rules
        /// Rules of the table `filter`.
        case filterRules = "filter rules"
        /// Rules of the kernel's own chains that lead into those of the proxy.
        case jumpRules = "jump rules"
        /// Elements of nftables sets and maps, those without a name included, or of ipsets.
        case elements
        /// Services of IPVS.
        case virtualServices = "virtual services"
        /// Destinations of IPVS.
        case destinations
        /// Addresses on `kube-ipvs0`.
        case addresses

        /// In the order of the cases' names.
        public static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
    }

    /// The number of each kind; kinds that a mode does not have are absent.
    public var numbers: [Kind: Int]

    /// Counts by kind.
    public init(_ numbers: [Kind: Int] = [:]) {
        self.numbers = numbers
    }

    /// All objects together.
    public var total: Int { numbers.values.reduce(0, +) }

    /// `chains 22, rules 325`.
    public var description: String {
        numbers.sorted { $0.key < $1.key }.map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", ")
    }
}
