import Glibc
import LinuxHost

/// The lock that programs of iptables-legacy keep each other out with.
struct XTablesLock: Sendable {
    let configuration: ProxyConfiguration

    private var path: String { configuration.lockFile ?? "/run/xtables.lock" }

    /// Waits until the lock is free, as the loader is about to do, and says how long that took, in nanoseconds.
    ///
    /// The loader takes the lock itself, right afterwards; somebody may come in between, and then it waits again.
    func wait(for purpose: Loader.Purpose) async throws(ServiceProxyError) -> UInt64 {
        let seconds = configuration.lockWaitSeconds
        let start = Clock.monotonicNanoseconds()
        do throws(HostError) {
            // Made where it is missing, as its users do; given back at once.
            let lock = try FileLock(path: path, flags: O_CREAT | O_RDONLY)
            if try await lock.take(within: .seconds(seconds)) { return Clock.monotonicNanoseconds() - start }
        } catch {
            throw ServiceProxyError(
                .rejected, operation: purpose.operation, object: purpose.object, cause: error.description)
        }
        if Task.isCancelled {
            throw ServiceProxyError(
                .cancelled, operation: purpose.operation, object: purpose.object, cause: "the work was cancelled")
        }
        throw ToolWords.lockHeld(purpose, by: FileLock.holders(of: path), seconds: seconds)
    }
}
