import Glibc
import LinuxHost

/// Says that this process shapes an interface; two shapings of one would undo each other.
///
/// An abstract socket: its name belongs to the network namespace, and the kernel frees it when its holder dies, however that is.
final class ShapingLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock of an interface, by its number, in a namespace.
    init(
        _ purpose: String = "shaping", ofLinkWithIndex index: Int, named name: String,
        in namespace: borrowing NetworkNamespace
    ) throws(ShapingError) {
        descriptor = try namespace.run(failure: ShapingError.init) { () throws(ShapingError) in
            try Self.bind("netmachinery/\(purpose)/\(index)", name)
        }
    }

    deinit { close(descriptor) }

    private static func bind(_ text: String, _ interface: String) throws(ShapingError) -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw failure(errno, interface) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { path in
            // The first byte stays 0: the name is in no directory.
            for (offset, byte) in text.utf8.enumerated() { path[offset + 1] = byte }
        }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + 1 + text.utf8.count)
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.bind(descriptor, $0, length) }
        }
        guard code == 0 else {
            let number = errno
            close(descriptor)
            throw failure(number, interface)
        }
        return descriptor
    }

    private static func failure(_ code: Int32, _ interface: String) -> ShapingError {
        code == EADDRINUSE
            ? ShapingError(
                .inUse, "shape", interface, cause: "somebody else shapes it now",
                nextStep: "say all that it shall do in one shaping, or wait until the other one has ended")
            : ShapingError(
                HostError(operation: "lock", object: interface, errno: code, hint: "See the limit of open files"))
    }
}
