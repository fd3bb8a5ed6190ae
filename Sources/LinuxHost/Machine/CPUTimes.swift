import Glibc

/// What all processors together did since the machine started, in seconds.
public struct CPUTimes: Sendable, Equatable {
    /// Work of any kind, `softirq` included.
    public let busy: Double
    /// Nothing to do, or waiting for a disk.
    public let idle: Double
    /// Time that the hypervisor gave to others.
    public let steal: Double
    /// Network and timer work of the kernel outside of processes.
    public let softirq: Double

    /// Reads `/proc/stat`.
    public static func read() throws(HostError) -> CPUTimes {
        let path = "/proc/stat"
        let text: String
        do throws(Errno) {
            text = try HostFile.read(path)
        } catch {
            throw HostError(operation: "read", object: path, errno: error.code, hint: "Mount /proc")
        }
        guard let times = CPUTimes(procStat: text, ticksPerSecond: Double(sysconf(Int32(_SC_CLK_TCK)))) else {
            throw HostError(
                operation: "understand", object: path, errno: 0, hint: "Its first line should start with `cpu`")
        }
        return times
    }

    /// Takes the first line of `/proc/stat`: user nice system idle iowait irq softirq steal, in ticks.
    ///
    /// Guest time is part of user time already.
    package init?(procStat text: String, ticksPerSecond: Double) {
        guard let line = text.split(separator: "\n").first else { return nil }
        let words = line.split(separator: " ")
        let ticks = words.dropFirst().prefix(8).compactMap { UInt64($0) }
        guard words.first == "cpu", ticks.count == 8, ticksPerSecond > 0 else { return nil }
        let seconds = ticks.map { Double($0) / ticksPerSecond }
        busy = seconds[0] + seconds[1] + seconds[2] + seconds[5] + seconds[6]
        idle = seconds[3] + seconds[4]
        steal = seconds[7]
        softirq = seconds[6]
    }
}
