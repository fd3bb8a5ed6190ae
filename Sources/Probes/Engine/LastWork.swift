import Contract
@preconcurrency import Dispatch

/// Lets a thread that is about to be this process's last wait for work of tasks, such as programs that take rules away.
enum LastWork {
    /// Returns when it is done, or when there is no time left for it.
    ///
    /// A will is carried out on a plain thread after everything else has stopped: nobody is left who could await it.
    static func wait(_ work: @escaping @Sendable () async -> Void) {
        let done = DispatchSemaphore(value: 0)
        Task.detached {
            await work()
            done.signal()
        }
        _ = done.wait(timeout: .now() + Double(GracePeriods.lastWill.components.seconds) * 0.8)
    }
}
