import Glibc
import Synchronization

/// Watches the children of this process, and theirs, by looking at `/proc` again and again.
///
/// The high-water mark that getrusage(2) has for children begins with this process's own size, which execve(2) hands
/// down, so it would say more about us than about them.
public final class ProcessWatch: Sendable {
    /// What was seen.
    public struct Finding: Sendable, Equatable {
        /// Distinct processes.
        public var processes = 0
        /// The largest high-water mark of one of them (`VmHWM`), in bytes.
        public var peakBytes: UInt64 = 0

        /// Nothing was seen.
        public init() {}
    }

    private let finished = Atomic<Bool>(false)
    private let shortest: UInt32

    /// The longest pause between two looks, in microseconds.
    private static let longest: UInt32 = 10_000

    /// A watch that looks this often at first; what lives shorter than that may be missed.
    public init(interval: Duration = .microseconds(500)) {
        let (seconds, attoseconds) = interval.components
        shortest = UInt32(clamping: seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
    }

    /// Watches for the length of the body and returns what was seen with what the body returned.
    public func during<Value: Sendable, Failure: Error>(
        _ body: () async throws(Failure) -> Value
    ) async throws(Failure) -> (value: Value, finding: Finding) {
        async let watching = watch()
        let result: Result<Value, Failure>
        do throws(Failure) {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        finished.store(true, ordering: .relaxed)
        let finding = await watching
        return (try result.get(), finding)
    }

    private func watch() async -> Finding {
        let found = try? await PlainThread.run(failure: { $0 }) { [self] () throws(HostError) in look() }
        // Without a thread nothing is seen, and what is watched goes on.
        return found ?? Finding()
    }

    private func look() -> Finding {
        // Plugins live for milliseconds: whoever waits for a processor among others misses them. Of this thread alone,
        // which ends with this; without the right to it, more is missed.
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, -15)
        var peaks: [Int32: UInt64] = [:]
        let own = HostFile.target(ofLink: "/proc/self/exe")
        var pause = shortest
        while !finished.load(ordering: .relaxed) {
            for process in Self.descendants(of: getpid()) {
                let peak = Self.peak(of: process, unlessIt: own) ?? 0
                peaks[process] = max(peaks[process] ?? 0, peak)
            }
            usleep(pause)
            // Short programs are not missed, and long ones are not disturbed: looking costs processor time, too.
            pause = min(pause + pause / 16, Self.longest)
        }
        return Finding(peaks)
    }

    private static func descendants(of process: Int32) -> [Int32] {
        var found: [Int32] = []
        // The kernel lists children by the thread that forked them.
        for task in HostFile.names(in: "/proc/\(process)/task") {
            guard let text = HostFile.line("/proc/\(process)/task/\(task)/children") else { continue }
            for child in text.split(separator: " ").compactMap({ Int32($0) }) {
                found.append(child)
                found += descendants(of: child)
            }
        }
        return found
    }

    private static func peak(of process: Int32, unlessIt own: String?) -> UInt64? {
        guard let status = HostFile.line("/proc/\(process)/status"),
            // Between fork and exec a child still is a copy of this process; looked at last, so that it was none
            // before.
            let program = HostFile.target(ofLink: "/proc/\(process)/exe"), program != own
        else { return nil }
        return ProcessStatus.peakBytes(in: status)
    }
}

extension ProcessWatch.Finding {
    fileprivate init(_ peaks: [Int32: UInt64]) {
        processes = peaks.count
        peakBytes = peaks.values.max() ?? 0
    }
}
