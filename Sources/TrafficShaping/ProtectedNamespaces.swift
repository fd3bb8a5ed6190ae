import Glibc
import LinuxHost

/// Keeps a shaping away from the networks that people and the run itself speak through.
enum ProtectedNamespaces {
    /// Refuses a namespace that the machine's first process is in, or one of these.
    ///
    /// In a container the first process may be one that nobody may look at. Then the process that started this one is
    /// looked at in its place, which a testbed starts from its own network into another one.
    static func refuse(
        _ namespace: borrowing NetworkNamespace, of processes: [Int32], shaping interface: String
    ) throws(ShapingError) {
        let inode = namespace.inode
        switch try whose(1) {
        case .namespace(inode): throw refusal(interface, "this is the network of the machine itself")
        case .hidden:
            switch try whose(getppid()) {
            case .namespace(inode):
                throw refusal(interface, "this is the network of the process that started this one")
            case .hidden, .gone: throw unseen(interface)
            case .namespace: break
            }
        case .gone, .namespace: break
        }
        for pid in processes {
            switch try whose(pid) {
            case .namespace(inode): throw refusal(interface, "this is the network of the run's own process \(pid)")
            case .hidden: throw unseen(interface)
            case .gone, .namespace: break
            }
        }
    }

    private enum Owner: Equatable {
        case namespace(UInt64)
        case hidden
        case gone
    }

    private static func whose(_ pid: Int32) throws(ShapingError) -> Owner {
        do throws(HostError) {
            return .namespace(try NetworkNamespace.open(path: "/proc/\(pid)/ns/net").inode)
        } catch {
            switch error.errno {
            case EACCES, EPERM: return .hidden
            case ENOENT, ESRCH: return .gone
            default: throw ShapingError(error)
            }
        }
    }

    private static func refusal(_ interface: String, _ cause: String) -> ShapingError {
        ShapingError(
            .refused, "shape", interface, cause: cause, nextStep: "shape an interface of a pod or a node of the testbed"
        )
    }

    private static func unseen(_ interface: String) -> ShapingError {
        ShapingError(
            .refused, "shape", interface, cause: "this process may not see whose network it is in",
            nextStep: "run as root, with the capability CAP_SYS_PTRACE")
    }
}
