import CLinux
import Glibc

extension NetworkNamespace {
    /// Creates a namespace under a name that is not taken yet.
    ///
    /// `unshare(CLONE_NEWNET)` on a fresh thread, then a bind mount on `/run/netns/NAME`; nothing inside is changed, so the
    /// loopback interface is still down.
    public static func create(named name: String) throws(HostError) -> NetworkNamespace {
        let operation = "create network namespace"
        try check(name, for: operation)
        let path = path(named: name)
        try reserve(path, name: name)
        do throws(HostError) {
            return try make(path: path, name: name)
        } catch {
            unlink(path)
            throw error
        }
    }

    /// Creates a namespace without a name, which is gone with this value and the last socket in it.
    public static func createUnnamed() throws(HostError) -> NetworkNamespace {
        try make(path: nil, name: "without a name")
    }

    /// Takes the name away; the namespace itself goes with its last process, socket and descriptor.
    ///
    /// A name that is absent is fine: clean-up may run twice.
    public static func remove(named name: String) throws(HostError) {
        let operation = "remove network namespace"
        try check(name, for: operation)
        let path = path(named: name)
        let unmounted = nm_unmount(path)
        // EINVAL: a plain file, which is what a create leaves when it is killed between its two steps.
        guard [0, EINVAL, ENOENT].contains(unmounted) else {
            throw HostError(operation: operation, object: name, errno: unmounted, hint: hint(for: unmounted))
        }
        guard unlink(path) == 0 || errno == ENOENT else {
            let code = errno
            throw HostError(operation: operation, object: name, errno: code, hint: hint(for: code))
        }
    }

    private static func make(path: String?, name: String) throws(HostError) -> NetworkNamespace {
        var descriptor: Int32 = -1
        var step: UnsafePointer<CChar>?
        let code = nm_namespace_create(path, &descriptor, &step)
        guard code == 0 else {
            let call = step.map { String(cString: $0) } ?? "create"
            throw HostError(
                operation: "create network namespace", object: "\(name) (\(call))", errno: code, hint: hint(for: code)
            )
        }
        return NetworkNamespace(owning: descriptor)
    }

    // O_EXCL makes taking the name one step: of two creates with the same name one fails.
    private static func reserve(_ path: String, name: String) throws(HostError) {
        var file = Glibc.open(path, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o444)
        if file < 0 && errno == ENOENT {
            mkdir(directory, 0o755)
            file = Glibc.open(path, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o444)
        }
        guard file >= 0 else {
            let code = errno
            throw HostError(operation: "create network namespace", object: name, errno: code, hint: hint(for: code))
        }
        close(file)
    }

    private static func hint(for code: Int32) -> String {
        switch code {
        case EPERM, EACCES: "Run as root, or with the capability CAP_SYS_ADMIN"
        case EEXIST: "Choose another name, or remove it with `ip netns delete`"
        case ENOSPC: "Raise user.max_net_namespaces, or remove namespaces that are no longer used"
        case EMFILE, ENFILE: "Raise the limit of open files"
        case EINVAL: "This kernel was built without network namespaces (CONFIG_NET_NS)"
        default: "Look at \(directory) and at the kernel log"
        }
    }
}
