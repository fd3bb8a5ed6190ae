import CLinux
import Contract
import Glibc
import Synchronization

/// Ends this process, and all that it started, in the moment in which its owner dies; whatever it is doing then.
///
/// A thread of its own waits for the owner's end at a process descriptor, so that nothing that the process does (work,
/// waiting, a system call that does not return) is in the way. A process that was stopped is woken (`PR_SET_PDEATHSIG`
/// with SIGCONT).
public enum Lifeline {
    private struct Wills {
        var next = 0
        var all: [Int: @Sendable () -> Void] = [:]
    }

    private static let wills = Mutex(Wills())

    /// How long killed children are waited for before this process goes.
    private static let patience = Duration.milliseconds(100)

    /// Has this process woken instead of killed when its parent dies; to be called on the first thread, before
    /// ``tie(to:)``.
    ///
    /// The signal that setpriv(1) asked for is the first thread's, which alone can change it. A killed process could
    /// end nothing of what it started.
    public static func prepare() {
        if RunMark.inherited != nil { _ = nm_signal_at_parent_death(SIGCONT) }
    }

    /// Has something undone when the owner dies, before this process goes: what outlives a process, as a setting of
    /// the kernel does.
    ///
    /// It is called on a thread of its own, whatever others do then, and has ``GracePeriods/lastWill``.
    /// - Returns: What ``revoke(_:)`` takes.
    public static func bequeath(_ will: @escaping @Sendable () -> Void) -> Int {
        wills.withLock { wills in
            wills.next += 1
            wills.all[wills.next] = will
            return wills.next
        }
    }

    /// Forgets a will whose work was done.
    public static func revoke(_ token: Int) {
        wills.withLock { _ = $0.all.removeValue(forKey: token) }
    }

    /// Ties this process to its owner; false when that is gone already, or cannot be watched.
    public static func tie(to owner: OwnerProcess) -> Bool {
        var descriptor: Int32 = -1
        guard nm_pidfd_open(owner.pid, &descriptor) == 0 else { return false }
        // The descriptor may be another's, who got the number; this one was there before it was asked.
        guard owner.isAlive else {
            close(descriptor)
            return false
        }
        let watched = descriptor
        let started: Void? = try? PlainThread.start {
            // Of this thread alone, which sleeps until then: on a busy machine it must not wait for its turn.
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, -20)
            // What fails is tried again, and not at once.
            while nm_pidfd_wait(watched, -1) != 1 { usleep(1_000) }
            // Somebody who cannot carry out his will must not outlive it.
            alarm(UInt32(GracePeriods.lastWill.components.seconds))
            for will in wills.withLock({ Array($0.all.values) }) { will() }
            Descendants.kill(patience: patience)
            // Not exit(3), which runs what was left for the end, and may wait for a lock that somebody holds.
            Glibc.kill(getpid(), SIGKILL)
        }
        return started != nil
    }
}
