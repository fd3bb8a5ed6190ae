public import Quantities

/// An address and the link that has it.
public struct LinkAddress: Sendable, Equatable {
    /// The address with the length of its prefix.
    public let address: CIDR
    /// The number of the link in its namespace.
    public let linkIndex: Int

    /// An address of the link with this number.
    public init(address: CIDR, linkIndex: Int) {
        self.address = address
        self.linkIndex = linkIndex
    }
}
