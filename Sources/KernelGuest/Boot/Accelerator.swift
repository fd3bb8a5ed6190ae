/// What executes the guest's instructions.
public struct Accelerator: Sendable, Equatable, CustomStringConvertible {
    /// The two that there are.
    public enum Kind: String, Sendable, CaseIterable {
        /// The processor itself, through `/dev/kvm`.
        case kvm
        /// QEMU's translator, on any machine and many times slower.
        case tcg
    }

    /// KVM where a guest came up under it, else the translator.
    public let kind: Kind
    /// Why it is not the faster one; empty when it is.
    public let reason: String

    /// An accelerator, with the reason for the slower one.
    public init(_ kind: Kind, reason: String = "") {
        self.kind = kind
        self.reason = reason
    }

    /// `kvm`, or `tcg (reason)`.
    public var description: String { reason.isEmpty ? kind.rawValue : "\(kind.rawValue) (\(reason))" }

    var arguments: [String] {
        switch kind {
        case .kvm: ["-accel", "kvm", "-cpu", "host"]
        // `max` is all that the translator can do; `host` exists under KVM only.
        case .tcg: ["-accel", "tcg,thread=multi", "-cpu", "max"]
        }
    }
}
