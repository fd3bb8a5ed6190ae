import Glibc

/// Kernel settings below `/proc/sys` of one network namespace.
///
/// The kernel decides by the thread that opens the file whose setting it is, so the file is opened inside the
/// namespace.
public enum Sysctl {
    /// Sets `key`, such as `net.ipv4.ip_forward`, inside the namespace.
    ///
    /// A key with slashes (`net/ipv4/conf/eth0.5/forwarding`) is taken as it is, for interface names that hold dots.
    public static func write(
        _ key: String, _ value: String, in namespace: borrowing NetworkNamespace
    ) throws(HostError) {
        let path = try path(of: key, for: "set sysctl")
        try namespace.run { () throws(HostError) in
            do throws(Errno) {
                try HostFile.write(value, to: path)
            } catch {
                throw failure("set sysctl", "\(key) to \(value)", error)
            }
        }
    }

    /// Reads `key` inside the namespace, without the line end.
    public static func read(_ key: String, in namespace: borrowing NetworkNamespace) throws(HostError) -> String {
        let path = try path(of: key, for: "read sysctl")
        return try namespace.run { () throws(HostError) in
            do throws(Errno) {
                return String(try HostFile.read(path).trimmingSuffix(\.isNewline))
            } catch {
                throw failure("read sysctl", key, error)
            }
        }
    }

    static func path(of key: String, for operation: String) throws(HostError) -> String {
        let separator: Character = key.contains("/") ? "/" : "."
        let parts = key.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.count > 1, !parts.contains(where: { $0.isEmpty || $0 == ".." || $0.contains("\0") }) else {
            throw HostError(
                operation: operation, object: "\"\(key)\"", errno: 0,
                hint: "Write a key such as net.ipv4.ip_forward"
            )
        }
        return "/proc/sys/" + parts.joined(separator: "/")
    }

    private static func failure(_ operation: String, _ object: String, _ error: Errno) -> HostError {
        let hint =
            switch error.code {
            case ENOENT: "This kernel has no such setting in a network namespace; look below /proc/sys"
            case EACCES, EPERM, EROFS: "Run as root, with a writable /proc/sys"
            case EINVAL, ERANGE: "The kernel does not take this value for this key"
            default: "Look below /proc/sys"
            }
        return HostError(operation: operation, object: object, errno: error.code, hint: hint)
    }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(_ unwanted: (Character) -> Bool) -> SubSequence {
        guard let end = lastIndex(where: { !unwanted($0) }) else { return self[startIndex..<startIndex] }
        return self[...end]
    }
}
