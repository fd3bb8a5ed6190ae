import CLinux
import Glibc

extension NetworkNamespace {
    /// Creates a namespace under a name that is not taken yet.
    ///
    /// `unshare(CLONE_NEWNET)` on a fresh thread, then a bind mount on `/run/netns/NAME`; nothing inside is changed, so
    /// the loopback interface is still down.
    public static func create(named name: String) throws(HostError) -> NetworkNamespace {
        try prepareDirectory()
        try reserve(name)
        do throws(HostError) {
            return NetworkNamespace(owning: try make([name])[0])
        } catch {
            unlink(path(named: name))
            throw error
        }
    }

    /// Creates several namespaces as ``create(named:)-(String)`` does: all of them, or on an error none.
    ///
    /// Each is made by a fresh thread of its own, and those threads run side by side: the kernel makes namespaces on
    /// several processors at once, and nobody waits for each thread to start and to end.
    public static func create(named names: [String]) throws(HostError) {
        if !names.isEmpty { try prepareDirectory() }
        var reserved: [String] = []
        do throws(HostError) {
            for name in names {
                try reserve(name)
                reserved.append(name)
            }
            for descriptor in try make(names) { close(descriptor) }
        } catch {
            for name in reserved { try? remove(named: name) }
            throw error
        }
    }

    /// Creates a namespace without a name, which is gone with this value and the last socket in it.
    public static func createUnnamed() throws(HostError) -> NetworkNamespace {
        NetworkNamespace(owning: try make([nil])[0])
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
        if unmounted == 0, unlink(path) == 0 { return }
        // Busy, or not there: a mount of this name may lie under one that came later.
        let detached = ShadowedMount.detach(path)
        guard detached == 0 else {
            throw HostError(
                operation: operation, object: "\(name) (under a later mount)", errno: detached,
                hint: "Detach what covers it, then remove it again: umount \(directory)"
            )
        }
        guard unlink(path) == 0 || errno == ENOENT else {
            let code = errno
            throw HostError(operation: operation, object: name, errno: code, hint: hint(for: code))
        }
    }

    /// Open descriptors of new namespaces on reserved names; a namespace without a name has none.
    private static func make(_ names: [String?]) throws(HostError) -> [Int32] {
        let paths = names.map { name in name.map { strdup(path(named: $0)) } ?? nil }
        defer { for path in paths { free(path) } }
        var creations = paths.map { nm_namespace_creation(path: $0, descriptor: -1, error: 0, step: nil) }
        nm_namespaces_create(&creations, Int32(creations.count))
        guard let failed = creations.firstIndex(where: { $0.error != 0 }) else { return creations.map(\.descriptor) }
        for creation in creations where creation.descriptor >= 0 { close(creation.descriptor) }
        let call = creations[failed].step.map { String(cString: $0) } ?? "create"
        let code = creations[failed].error
        throw HostError(
            operation: "create network namespace", object: "\(names[failed] ?? "without a name") (\(call))",
            errno: code,
            hint: hint(for: code)
        )
    }

    /// Makes the directory what iproute2 and those who follow it expect: a shared mount point of its own.
    ///
    /// Whoever comes first does it, under a lock on the directory. Were it left to the first `ip netns add`, that would
    /// cover every name that was mounted before.
    private static func prepareDirectory() throws(HostError) {
        let isNew = mkdir(directory, 0o755) == 0
        guard isNew || errno == EEXIST else { throw unprepared(errno) }
        do throws(HostError) {
            let lock = try FileLock(path: directory, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
            // Everybody is to see the names, whatever this process's umask is.
            if isNew, fchmod(lock.descriptor, 0o755) != 0 { throw unprepared(errno) }
            // Two that find no mount at the same moment would both make one, and the second would cover the first.
            guard try lock.takeWaiting(within: longestWait) else { throw unprepared(ETIMEDOUT) }
            let code = nm_share_mount(directory)
            guard code == 0 else { throw unprepared(code) }
        } catch {
            throw unprepared(error.errno)
        }
    }

    private static func unprepared(_ code: Int32) -> HostError {
        let advice =
            code == ETIMEDOUT
            ? "Somebody holds a lock on the directory: see who with `fuser -v \(directory)`"
            : code == ENOTDIR || code == ELOOP ? "Put a directory of root's there" : hint(for: code)
        return HostError(
            operation: "prepare the directory of network namespaces", object: directory, errno: code, hint: advice)
    }

    /// How long another program may hold the lock on the directory.
    private static let longestWait = Duration.seconds(10)

    // O_EXCL makes taking the name one step: of two creates with the same name one fails.
    private static func reserve(_ name: String) throws(HostError) {
        let operation = "create network namespace"
        try check(name, for: operation)
        let path = path(named: name)
        let file = Glibc.open(path, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o444)
        guard file >= 0 else {
            let code = errno
            throw HostError(operation: operation, object: name, errno: code, hint: hint(for: code))
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
