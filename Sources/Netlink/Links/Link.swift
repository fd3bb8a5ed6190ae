public import Quantities

/// A network interface.
public struct Link: Sendable, Equatable {
    /// The name in its namespace, 1 to 15 bytes.
    public var name: String
    /// What it is.
    public var kind: Kind
    /// The number in its namespace; 0 lets the kernel choose.
    public var index: Int
    /// The largest packet in bytes; 0 leaves the kernel's default.
    public var mtu: Int
    /// The Ethernet address; `nil` lets the kernel choose, or is a link without one.
    public var mac: MACAddress?
    /// Whether it is administratively up (`IFF_UP`).
    public var isUp: Bool
    /// The index of the bridge that it is a port of.
    public var master: Int?

    /// Describes a link to be added.
    public init(
        name: String, kind: Kind, mtu: Int = 0, mac: MACAddress? = nil, isUp: Bool = false, master: Int? = nil,
        index: Int = 0
    ) {
        self.name = name
        self.kind = kind
        self.index = index
        self.mtu = mtu
        self.mac = mac
        self.isUp = isUp
        self.master = master
    }

    /// What a link is, with what only this kind has.
    public enum Kind: Sendable, Equatable {
        /// One end of a pair. `peerNamespace` is the descriptor of the namespace that the other end is made in, `nil`
        /// for the same one. In a listed link it is always `nil`, and `peer` is empty when the other end is in another
        /// namespace.
        case veth(peer: String, peerNamespace: Int32? = nil)
        /// A learning Ethernet switch.
        case bridge
        /// A tunnel with network identifier `id` (0 to 16777215) from address `local` to UDP port `port`, through
        /// `device`.
        case vxlan(
            id: UInt32, local: IPAddress? = nil, port: UInt16 = 4789, device: String? = nil, learning: Bool = true)
        /// Any other kind, by the kernel's word for it; `loopback` and `device` for links that no request made.
        case other(String)

        /// The kernel's word for it (`IFLA_INFO_KIND`).
        public var name: String {
            switch self {
            case .veth: "veth"
            case .bridge: "bridge"
            case .vxlan: "vxlan"
            case .other(let name): name
            }
        }
    }
}
