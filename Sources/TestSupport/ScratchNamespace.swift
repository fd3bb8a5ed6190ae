public import LinuxHost

/// Network namespaces of a test's own that are gone after it.
public enum ScratchNamespace {
    /// Makes a namespace, hands it to the body with its name, and removes it however the body ends.
    public static func with<R>(
        _ purpose: String, _ body: (borrowing NetworkNamespace, String) throws -> R
    ) throws -> R {
        let name = UniqueName.make(purpose)
        let namespace = try NetworkNamespace.create(named: name)
        defer { try? NetworkNamespace.remove(named: name) }
        return try body(namespace, name)
    }
}
