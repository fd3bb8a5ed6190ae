/// Something that has a store, or opens it when it is needed.
public protocol StoreSource: Sendable {
    /// The store, opened.
    func store() throws(StoreError) -> Store
}

extension Store: StoreSource {
    /// The store itself, which is open already.
    public func store() -> Store { self }
}
