import Glibc

/// One run at a time measures on a machine: two would measure each other.
///
/// An advisory lock (flock) on a file; the kernel frees it when its holder dies, however it dies.
public final class MeasurementLock: Sendable {
    /// Why the lock was not taken.
    public enum Refusal: Error, Sendable, Equatable, CustomStringConvertible {
        /// Another run holds it.
        case held(by: String)
        /// The file cannot be opened.
        case unusable(path: String, reason: String)

        /// What happened and what to do.
        public var description: String {
            switch self {
            case .held(let holder):
                "another run is measuring on this machine (\(holder)); wait for it, or end it with Ctrl-C"
            case .unusable(let path, let reason):
                "cannot lock \(path): \(reason); see that its directory exists and is writable"
            }
        }
    }

    private let descriptor: Int32

    /// Takes the lock without waiting, and writes `holder` into the file for whoever is refused.
    public init(path: String, holder: String) throws(Refusal) {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .unusable(path: path, reason: String(cString: strerror(errno)))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            var buffer = [UInt8](repeating: 0, count: 200)
            let count = max(0, read(descriptor, &buffer, buffer.count))
            close(descriptor)
            throw .held(by: String(decoding: buffer.prefix(count), as: UTF8.self))
        }
        ftruncate(descriptor, 0)
        let text = Array(holder.utf8)
        write(descriptor, text, text.count)
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }
}
