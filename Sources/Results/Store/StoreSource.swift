/// Something that has a store, or opens it when it is needed.
public protocol StoreSource: Sendable {
    /// The store, opened.
    func store() throws(StoreError) -> Store
}

extension Store: StoreSource {
    /// This store.
    public func store() -> Store { self }
}
