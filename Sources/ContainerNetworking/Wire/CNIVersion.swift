/// A version of the CNI specification this runtime speaks.
///
/// Only these are accepted: 0.1.0 and 0.2.0 have results of another shape and no lists.
public enum CNIVersion: String, Sendable, Hashable, Comparable, CaseIterable {
    /// Version 0.3.0, the first with lists of plugins.
    case v0x3x0 = "0.3.0"
    /// Plugins of this version are treated as those of 0.3.0.
    case v0x3x1 = "0.3.1"
    /// Version 0.4.0, the first with `CHECK` and with a previous result for `DEL`.
    case v0x4x0 = "0.4.0"
    /// The first stable one; addresses no longer say their family.
    case v1x0x0 = "1.0.0"
    /// The first with `STATUS`, `GC` and `cniVersions`.
    case v1x1x0 = "1.1.0"

    /// Whether plugins of this version know `CHECK`, and get the previous result with `DEL`.
    public var hasCheck: Bool { self >= .v0x4x0 }

    /// Whether plugins of this version know `STATUS` and `GC`.
    public var hasStatus: Bool { self >= .v1x1x0 }

    /// Older versions come first.
    public static func < (left: CNIVersion, right: CNIVersion) -> Bool {
        // Each part of every known version is one digit, so their text order is their order.
        left.rawValue < right.rawValue
    }

    static var known: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
