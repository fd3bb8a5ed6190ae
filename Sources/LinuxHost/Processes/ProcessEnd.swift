import CLinux
import Glibc

/// Ending processes that are not our children.
public enum ProcessEnd {
    /// Asks the processes to end (`SIGTERM`), and after half of the deadline makes them (`SIGKILL`).
    ///
    /// Works on process descriptors, so a number that another process got in the meantime is never hit. Answers with
    /// those that are still there at the deadline, in the order given; a process that ended and was not yet reaped
    /// counts as ended.
    public static func end(_ processes: [Int32], deadline: Duration) -> [Int32] {
        let start = ContinuousClock.now
        var unreachable: [Int32] = []
        var open: [(process: Int32, descriptor: Int32)] = []
        defer { for entry in open { close(entry.descriptor) } }
        for process in processes {
            var descriptor: Int32 = -1
            // Numbers below 2 are everybody, our group, and init.
            guard process > 1, process != getpid() else {
                unreachable.append(process)
                continue
            }
            switch nm_pidfd_open(process, &descriptor) {
            case 0: open.append((process, descriptor))
            case ESRCH: continue
            default: unreachable.append(process)
            }
        }
        let asked = signal(SIGTERM, open, until: start + deadline / 2)
        let left = signal(SIGKILL, asked, until: start + deadline).map(\.process)
        return processes.filter { unreachable.contains($0) || left.contains($0) }
    }

    private static func signal(
        _ signal: Int32, _ open: [(process: Int32, descriptor: Int32)], until end: ContinuousClock.Instant
    ) -> [(process: Int32, descriptor: Int32)] {
        for entry in open { _ = nm_pidfd_signal(entry.descriptor, signal) }
        return open.filter { entry in
            var answer: Int32 = 0
            repeat {
                let left = max(ContinuousClock.now.duration(to: end), .zero).components
                let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000
                // A process descriptor is readable from the end of the process on, reaped or not (pidfd_open(2)).
                answer = nm_pidfd_wait(entry.descriptor, Int32(clamping: milliseconds))
            } while answer == -EINTR
            return answer != 1
        }
    }
}
