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
        for event in try events(of: result, probe) { output.emit(event) }
    }

    /// What the output of a client that has ended comes to.
    ///
    /// - Throws: ``ProbeFailure`` of a client that did not end well, whatever it printed, and of a report that cannot be.
    static func events(of result: ProcessOutput, _ probe: Iperf3Probe) throws(ProbeFailure) -> [ProbeEvent] {
        let isSilent = result.standardOutput.allSatisfy(\.isWhitespace)
        let text = isSilent ? ToolEnd.words(of: result) : result.standardOutput
        if let failure = ToolEnd.failure(of: "iperf3", result) {
            // Its own words say more than its exit code does, but not more than the signal that ended it.
            if case .exited = result.status, let error = Iperf3Parser.toolError(text) {
                throw Iperf3Parser.failure(error, text)
            }
            throw failure
        }
        let printed = try Iperf3Output(text)
        let report = try Iperf3Parser.report(in: printed.report, text)
        if let reason = Iperf3Check.reason(report, probe) {
            throw Iperf3Parser.contradiction(reason, text)
        }
        let mediaType = printed.remark == nil ? "application/json" : "text/plain"
        var events: [ProbeEvent] = [
            .ready(port: 0, tool: "iperf3", version: report.version),
            .artifact(name: "iperf3-report", mediaType: mediaType, text: text),
        ]
        if !isSilent, !result.standardError.isEmpty {
            events.append(.artifact(name: "iperf3-messages", mediaType: "text/plain", text: result.standardError))
        }
        if let remark = printed.remark { events.append(.remark(remark)) }
        return events + Iperf3Events.events(report)
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
