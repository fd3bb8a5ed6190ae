/// What exists and must be removed, written down before it is made.
///
/// `open` is called before something is made and `close` after it is gone, so a process that is killed between the two
/// leaves an entry that `netmachinery cleanup` can act on.
public protocol Ledger: Sendable {
    /// Writes down that this is about to be made; when it cannot be written, nothing may be made.
    func open(_ item: LedgerItem) throws(TestbedError) -> LedgerToken

    /// Strikes an entry off; a failure to do so is harmless, since removal is idempotent.
    func close(_ token: LedgerToken)
}

/// The receipt for a ledger entry.
public struct LedgerToken: Sendable, Hashable {
    /// The entry's number in the store.
    public let number: Int64

    /// A receipt for this entry.
    public init(number: Int64) {
        self.number = number
    }
}
