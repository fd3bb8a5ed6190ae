import Foundation

/// A file without a name, which is gone when this is, however its process ends; others read it through `/proc`.
final class NamelessFile: Sendable {
    /// The path under which a program that this process starts can open it.
    let path: String
    private let descriptor: Int32

    init(_ data: Data) throws(GuestError) {
        var template = Array("\(FileManager.default.temporaryDirectory.path)/netmachinery-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw Self.error() }
        unlink(template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        self.descriptor = descriptor
        // By number and not `self`, for another process opens it.
        path = "/proc/\(getpid())/fd/\(descriptor)"
        var rest = [UInt8](data)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.error() }
            rest = rest.dropFirst(count)
        }
    }

    deinit {
        close(descriptor)
    }

    private static func error() -> GuestError {
        GuestError(
            operation: "write",
            object: "a temporary file",
            cause: String(cString: strerror(errno)),
            nextStep: "see that TMPDIR is a directory with room"
        )
    }
}
