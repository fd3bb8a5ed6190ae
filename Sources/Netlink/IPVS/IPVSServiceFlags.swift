/// What holds for the connections of a virtual service (`IP_VS_SVC_F_…`).
public struct IPVSServiceFlags: OptionSet, Sendable, Hashable {
    /// The bits as the kernel has them.
    public let rawValue: UInt32

    /// Flags from the kernel's bits; `IP_VS_SVC_F_HASHED`, which it sets on every service, is not kept.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue & ~0x2
    }

    /// A client stays with its destination.
    public static let persistent = IPVSServiceFlags(rawValue: 0x1)
    /// Each UDP packet is scheduled by itself.
    public static let onePacket = IPVSServiceFlags(rawValue: 0x4)
}
