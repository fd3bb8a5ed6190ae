import LinuxHost

/// Keeps a shaping away from the networks that people and the run itself speak through.
enum ProtectedNamespaces {
    /// Refuses a namespace that the machine's first process is in, or one of these.
    static func refuse(
        _ namespace: borrowing NetworkNamespace, of processes: [Int32], shaping interface: String
    ) throws(ShapingError) {
        let inode = namespace.inode
        for pid in [1] + processes where try Self.inode(of: pid) == inode {
            throw ShapingError(
                .refused, "shape", interface,
                cause: pid == 1
                    ? "this is the network of the machine itself"
                    : "this is the network of the run's own process \(pid)",
                nextStep: "shape an interface of a pod or a node of the testbed")
        }
    }

    private static func inode(of pid: Int32) throws(ShapingError) -> UInt64? {
        do throws(HostError) {
            return try NetworkNamespace.open(path: "/proc/\(pid)/ns/net").inode
        } catch {
            // A process that is gone has none.
            guard error.errno != 2 else { return nil }
            throw ShapingError(error)
        }
    }
}
