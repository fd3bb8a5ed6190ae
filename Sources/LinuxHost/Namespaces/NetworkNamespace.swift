import CLinux
import Glibc

/// A network namespace, held open: it lives at least as long as this value.
///
/// Entering a namespace changes one thread only, and threads made by that thread inherit it, so no value of this type
/// ever moves the caller: `run` uses a thread of its own that ends before `run` returns.
public struct NetworkNamespace: ~Copyable, Sendable {
    /// The directory in which names stand, the same as that of iproute2.
    public static let directory = "/run/netns"

    /// The open descriptor, for requests that take a namespace (`IFLA_NET_NS_FD`); it closes with this value.
    public let descriptor: Int32

    init(owning descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// The number by which the kernel tells this namespace from all others, as in `/proc/PID/ns/net`.
    public var inode: UInt64 {
        var facts = stat()
        return fstat(descriptor, &facts) == 0 ? UInt64(facts.st_ino) : 0
    }

    /// Where the namespace with this name is mounted.
    public static func path(named name: String) -> String {
        "\(directory)/\(name)"
    }

    /// The names of all entries in the directory, sorted: the namespaces, what a create that was killed left behind,
    /// and the names of namespaces that a later mount covers.
    public static func names() -> [String] {
        let beginning = "\(directory)/"
        let mounted = MountEntry.all().filter { $0.kind == "nsfs" && $0.mountPoint.hasPrefix(beginning) }
            .map { String($0.mountPoint.dropFirst(beginning.count)) }
        return Set(HostFile.names(in: directory) + mounted.filter { !$0.contains("/") }).sorted()
    }

    /// Opens the namespace that the calling thread is in.
    public static func current() throws(HostError) -> NetworkNamespace {
        // Not `self`, which is the main thread: each thread has a namespace of its own.
        try open(path: "/proc/thread-self/ns/net")
    }

    /// Opens a namespace by its name.
    public static func open(named name: String) throws(HostError) -> NetworkNamespace {
        try check(name, for: "open network namespace")
        return try open(path: path(named: name))
    }

    /// Opens a namespace by a path, such as `/proc/PID/ns/net`.
    public static func open(path: String) throws(HostError) -> NetworkNamespace {
        var descriptor: Int32 = -1
        let code = nm_namespace_open(path, &descriptor)
        guard code == 0 else {
            throw HostError(
                operation: "open network namespace", object: path, errno: code,
                hint: code == EMEDIUMTYPE || code == ENOTTY
                    ? "There is something else at this path; remove it and create the namespace again"
                    : "List the namespaces with `ip netns list`"
            )
        }
        return NetworkNamespace(owning: descriptor)
    }

    static func check(_ name: String, for operation: String) throws(HostError) {
        let usable = !name.isEmpty && name != "." && name != ".." && name.utf8.count <= Int(NAME_MAX)
        guard usable, !name.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == 0 }) else {
            throw HostError(
                operation: operation, object: "\"\(name)\"", errno: 0,
                hint: "Use a file name of 1 to \(NAME_MAX) bytes without a slash"
            )
        }
    }
}
