/// How packets get to a destination (`IP_VS_CONN_F_FWD_MASK`).
public enum IPVSForwarding: UInt32, Sendable, Hashable, CaseIterable {
    /// Destination address and port are rewritten, and back on the way back.
    case masquerade = 0
    /// It is this machine.
    case local = 1
    /// In IP packets to the destination.
    case tunnel = 2
    /// By the destination's link-layer address, nothing is rewritten.
    case directRoute = 3
    /// Past the destinations, to where the packet wanted to go.
    case bypass = 4
}
