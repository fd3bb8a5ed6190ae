/// What `nft` has to be given for one sync.
struct NFTPlan: Sendable, Equatable {
    /// One input after the other; each is a transaction.
    var transactions: [[UInt8]]
    /// Chains that are empty afterwards and have to be deleted later: a kernel before 6.2 notices late that the element
    /// that led there is gone.
    var staleChains: [[UInt8]] = []
}
