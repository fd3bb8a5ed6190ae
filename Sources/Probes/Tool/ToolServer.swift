import Processes

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
    /// program that ended because its port was taken.
    func run(
        wanted: UInt16,
        command: (UInt16) -> Command,
        isPortInUse: (ProcessOutput) -> Bool
    ) async throws(ProbeFailure) -> ProcessOutput? {
        for attempt in 1... {
            let port = wanted == 0 ? try FreePort.find() : wanted
            // Someone else's listener would be taken for the program's own.
            guard wanted == 0 || !ListeningPorts.contains(port) else { throw portInUse(port) }
            guard let result = try await runner.run(command(port), companion: { await announce(port) }) else {
                return nil
            }
            guard isPortInUse(result) else { return result }
            guard wanted == 0, attempt < Self.attempts else { throw portInUse(port) }
        }
        return nil
    }

    private func announce(_ port: UInt16) async {
        while !Task.isCancelled {
            if ListeningPorts.contains(port) {
                output.emit(.ready(port: port, tool: tool, version: version))
                return
            }
            try? await Task.sleep(for: .milliseconds(2))
        }
    }

    private func portInUse(_ port: UInt16) -> ProbeFailure {
        ProbeFailure(
            .portInUse, "\(tool) cannot listen at port \(port): it is in use; choose another, or 0 for a free one")
    }
}
