public import Quantities

/// A server for the streams of a ``StreamLoad``: the first byte of a connection says who sends from then on.
///
/// It listens on every address of the family in the network namespace that it runs in.
public struct StreamServer: Probe {
    /// The word in a plan.
    public static let kind = "streamServer"

    /// The family that it listens on; an IPv6 server does not take IPv4.
    public var family: IPAddress.Family
    /// The port, or 0 for any; `ready` says which it became.
    public var port: UInt16

    /// A server of this family.
    public init(family: IPAddress.Family, port: UInt16 = 0) {
        self.family = family
        self.port = port
    }

    /// Nothing of it can be wrong.
    public func validate() throws(PlanError) {}
}
