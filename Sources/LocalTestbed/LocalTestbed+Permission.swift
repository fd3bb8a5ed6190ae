import LinuxHost

extension LocalTestbed {
    /// Whether this process may make and remove namespaces.
    public static var isPermitted: Bool { Identity.isRoot }
}
