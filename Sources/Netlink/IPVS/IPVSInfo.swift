/// What the kernel says of its IPVS.
public struct IPVSInfo: Sendable, Hashable {
    /// Its version, such as `1.2.1`.
    public let version: String
    /// Buckets of the table of connections (`ip_vs.conn_tab_bits`).
    public let connectionTableSize: Int
}
