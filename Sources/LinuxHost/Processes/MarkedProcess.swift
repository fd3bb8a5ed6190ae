import Glibc

/// A process that a run started.
public struct MarkedProcess: Sendable, Equatable {
    /// Its number.
    public let pid: Int32
    /// Its name, such as `netmachinery` or `iperf3`.
    public let name: String
    /// Whose it is.
    public let mark: RunMark

    /// All of them, by `/proc/PID/environ`; of this user, or of everybody for root.
    ///
    /// This process is not among them, nor those of containers: what their marks call the run's process is another one
    /// here.
    public static func all() -> [MarkedProcess] {
        let numbering = HostFile.target(ofLink: "/proc/self/ns/pid")
        return HostFile.names(in: "/proc").compactMap { Int32($0) }.filter { $0 != getpid() }.compactMap { pid in
            guard HostFile.target(ofLink: "/proc/\(pid)/ns/pid") == numbering,
                let environment = try? HostFile.read("/proc/\(pid)/environ"),
                let mark = mark(in: environment), !isEnding(pid)
            else { return nil }
            return MarkedProcess(pid: pid, name: HostFile.line("/proc/\(pid)/comm") ?? "ended", mark: mark)
        }
    }

    /// Those whose run ended without them: its process is gone.
    public static func orphans() -> [MarkedProcess] {
        var living: [OwnerProcess] = []
        return all().filter { process in
            if living.contains(process.mark.owner) { return false }
            guard process.mark.owner.isAlive else { return true }
            living.append(process.mark.owner)
            return false
        }
    }

    /// The mark among variables as the kernel shows them, with a zero after each.
    static func mark(in environment: String) -> RunMark? {
        let beginning = "\(RunMark.variable)="
        for entry in environment.split(separator: "\0") where entry.hasPrefix(beginning) {
            return RunMark(text: entry.dropFirst(beginning.count))
        }
        return nil
    }

    /// What has ended and waits to be reaped is nobody's any more.
    private static func isEnding(_ pid: Int32) -> Bool { ProcessStatus.state(of: pid) == "Z" }
}
