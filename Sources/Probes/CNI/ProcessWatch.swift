import Foundation
import Glibc
import Synchronization

/// Watches the children of this process, and theirs, by looking at /proc about every half millisecond.
///
/// The high-water mark that getrusage(2) has for children begins with this process's own size, which execve(2) hands
/// down, so it would say more about us than about them.
final class ProcessWatch: Sendable {
    /// What was seen.
    struct Finding: Sendable, Equatable {
        /// Distinct processes.
        var processes = 0
        /// The largest high-water mark of one of them (`VmHWM`).
        var peakBytes: UInt64 = 0
    }

    private let finished = Atomic<Bool>(false)

    /// Watches for the length of the body; what lives less than half a millisecond may be missed.
    func during(
        _ body: @escaping @Sendable () async throws(ProbeFailure) -> Void
    ) async throws(ProbeFailure) -> Finding {
        async let watching = PlainThread.run { [self] () -> Result<Finding, ProbeFailure> in .success(look()) }
        var failure: ProbeFailure?
        do throws(ProbeFailure) {
            try await body()
        } catch {
            failure = error
        }
        finished.store(true, ordering: .relaxed)
        let finding = try await watching.get()
        if let failure { throw failure }
        return finding
    }

    private func look() -> Finding {
        var peaks: [Int32: UInt64] = [:]
        while !finished.load(ordering: .relaxed) {
            for process in Self.descendants(of: getpid()) {
                let peak = Self.peak(of: process) ?? 0
                peaks[process] = max(peaks[process] ?? 0, peak)
            }
            usleep(500)
        }
        return Finding(processes: peaks.count, peakBytes: peaks.values.max() ?? 0)
    }

    private static func descendants(of process: Int32) -> [Int32] {
        var found: [Int32] = []
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
        for task in tasks {
            let path = "/proc/\(process)/task/\(task)/children"
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { continue }
            for child in text.split(separator: " ").compactMap({ Int32($0) }) {
                found.append(child)
                found += descendants(of: child)
            }
        }
        return found
    }

    private static func peak(of process: Int32) -> UInt64? {
        // Between fork and exec a child still is a copy of this process.
        guard let name = try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8),
            name != (try? String(contentsOfFile: "/proc/self/comm", encoding: .utf8)),
            let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        else { return nil }
        return ProcessStatusText.peakBytes(in: status)
    }
}
