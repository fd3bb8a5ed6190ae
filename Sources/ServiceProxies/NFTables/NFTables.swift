/// Names that kube-proxy has in nftables.
enum NFTables {
    /// The program that loads and lists.
    static let program = "nft"
    /// The one table, of the family `ip`.
    static let table = "kube-proxy"
    /// What the oldest usable `nft` is: older ones fail at rules of others that they do not know.
    static let oldest = NFTVersion(major: 1, minor: 0, patch: 1)
}
