import Glibc

/// Who this process is to the kernel.
public enum Identity {
    /// Whether this process runs as root, which network namespaces and their links need.
    public static var isRoot: Bool { geteuid() == 0 }
}
