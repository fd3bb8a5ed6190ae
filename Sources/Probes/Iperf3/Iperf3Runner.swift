import Processes

/// Starts iperf3 and turns what it prints into events.
enum Iperf3Runner {
    /// Serves one test.
    static func serve(
        _ server: Iperf3Server,
        deadlineSeconds: Double,
        runner: ToolRunner,
        output: any ProbeOutput
    ) async throws(ProbeFailure) {
        let path = try ProbeTool.iperf3.require()
        let version = await ProbeTool.iperf3.version()
        let tool = ToolServer(runner: runner, tool: "iperf3", version: version, output: output)
        // The server's own limit ends it even when the agent was killed and nobody is left to end it.
        let idle = supportsIdleTimeout(version) ? Int(deadlineSeconds.rounded(.up)) + 1 : nil
        let result = try await tool.run(
            wanted: server.port,
            command: { Iperf3Command.server(path, port: $0, idleSeconds: idle) },
            isPortInUse: { Iperf3Parser.toolError($0.standardOutput)?.contains("Address already in use") == true }
        )
        guard let result else { return }
        try checkServer(result)
    }

    /// Runs one test against a server, by the program at this path or by the one that is installed.
    static func measure(
        _ probe: Iperf3Probe,
        executable: String? = nil,
        runner: ToolRunner,
        output: any ProbeOutput
    ) async throws(ProbeFailure) {
        let path = if let executable { executable } else { try ProbeTool.iperf3.require() }
        guard let result = try await runner.run(Iperf3Command.client(path, probe)) else {
            throw ProbeFailure.interrupted(runner.stop)
        }
        let text = result.standardOutput.isEmpty ? result.standardError : result.standardOutput
        let report = try Iperf3Parser.parse(text)
        output.emit(.ready(port: 0, tool: "iperf3", version: report.version))
        output.emit(.artifact(name: "iperf3-report", mediaType: "application/json", text: text))
        for event in Iperf3Events.events(report) { output.emit(event) }
    }

    private static func checkServer(_ result: ProcessOutput) throws(ProbeFailure) {
        let text = result.standardOutput.isEmpty ? result.standardError : result.standardOutput
        if let error = Iperf3Parser.toolError(text) { throw Iperf3Parser.failure(error, text) }
        guard result.status.isSuccess else {
            throw ProbeFailure(
                .toolFailed,
                "the iperf3 server ended with \(result.status); see its output, kept as an artifact",
                words: text
            )
        }
    }

    /// Whether `--idle-timeout` is known: from 3.10 on.
    static func supportsIdleTimeout(_ version: String) -> Bool {
        let parts = version.split(separator: ".").compactMap { Int($0.prefix(while: \.isNumber)) }
        guard parts.count > 1 else { return false }
        return parts[0] > 3 || (parts[0] == 3 && parts[1] >= 10)
    }
}
