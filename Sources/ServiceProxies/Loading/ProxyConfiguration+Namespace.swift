import LinuxHost

extension ProxyConfiguration {
    /// The network namespace that is programmed.
    func openNamespace() throws(ServiceProxyError) -> NetworkNamespace {
        do throws(HostError) {
            guard let namespacePath else { return try NetworkNamespace.current() }
            return try NetworkNamespace.open(path: namespacePath)
        } catch {
            throw ServiceProxyError(error)
        }
    }
}
