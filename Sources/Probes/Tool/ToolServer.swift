import Contract
import Processes
import Synchronization

/// Starts a server program at a port and says `ready` when it really listens.
struct ToolServer: Sendable {
    let runner: ToolRunner
    let tool: String
    let version: String
    let output: any ProbeOutput

    /// How often a free port is chosen again after someone else took it first.
    private static let attempts = 5

    /// Runs the program until it ends or is stopped; nil when it was stopped.
    ///
    /// `wanted` 0 stands for a free port; `command` makes the command line for a port, and `isPortInUse` recognises a
    /// program that ended because its port was taken. A program that is stopped by the deadline, or ends as if all were
    /// well, before it listened is a failure.
    func run(
        wanted: UInt16,
        command: (UInt16) -> Command,
        isPortInUse: (ProcessOutput) -> Bool
    ) async throws(ProbeFailure) -> ProcessOutput? {
        for attempt in 1... {
            let port = wanted == 0 ? try FreePort.find() : wanted
            // Someone else's listener would be taken for the program's own.
            guard wanted == 0 || !ListeningPorts.contains(port) else { throw portInUse(port) }
            let readiness = Readiness()
            let result = try await runner.run(command(port)) { await announce(port, readiness) }
            guard let result else {
                guard readiness.isReady || runner.stop.reason != .deadline else { throw deaf(port) }
                return nil
            }
            guard isPortInUse(result) else {
                guard readiness.isReady || !result.status.isSuccess else { throw ended(port, result) }
                return result
            }
            // A port that was asked for is never exchanged for another.
            guard wanted == 0, attempt < Self.attempts else { throw portInUse(port) }
        }
        return nil
    }

    private func announce(_ port: UInt16, _ readiness: Readiness) async {
        while !Task.isCancelled {
            if ListeningPorts.contains(port) {
                readiness.flag.store(true, ordering: .relaxed)
                output.emit(.ready(port: port, tool: tool, version: version))
                return
            }
            try? await Task.sleep(for: .milliseconds(2))
        }
    }

    private func deaf(_ port: UInt16) -> ProbeFailure {
        ProbeFailure(.timedOut, "\(tool) did not listen at port \(port) before the deadline; run it by hand to see why")
    }

    private func ended(_ port: UInt16, _ result: ProcessOutput) -> ProbeFailure {
        ProbeFailure(
            .toolFailed,
            "\(tool) ended with \(result.status) before it listened at port \(port); "
                + "see its output, kept as an artifact",
            words: result.standardOutput + result.standardError
        )
    }

    private func portInUse(_ port: UInt16) -> ProbeFailure {
        ProbeFailure(
            .portInUse, "\(tool) cannot listen at port \(port): it is in use; choose another, or 0 for a free one")
    }
}

/// Whether a server was seen listening.
private final class Readiness: Sendable {
    let flag = Atomic(false)

    var isReady: Bool { flag.load(ordering: .relaxed) }
}
