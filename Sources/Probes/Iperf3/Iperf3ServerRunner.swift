import Contract
import Processes

/// Starts an iperf3 server.
enum Iperf3ServerRunner: ProbeRunner {
    /// Serves one test.
    static func run(_ server: Iperf3Server, in context: ProbeContext) async throws(ProbeFailure) {
        let path = try ProbeTool.iperf3.require()
        let version = await ProbeTool.iperf3.version()
        let tool = ToolServer(
            runner: await context.toolRunner(), tool: "iperf3", version: version, output: context.output)
        // The server's own limit ends it even when the agent was killed and nobody is left to end it.
        let limit = (context.deadlineSeconds + GracePeriods.idleServer / .seconds(1)).rounded(.up)
        let idle = supportsIdleTimeout(version) ? Int(limit) : nil
        let result = try await tool.run(
            wanted: server.port,
            command: { Iperf3Command.server(path, port: $0, address: server.address, idleSeconds: idle) },
            isPortInUse: { Iperf3Parser.toolError($0.standardOutput)?.contains("Address already in use") == true }
        )
        guard let result else { return }
        try checkServer(result)
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
