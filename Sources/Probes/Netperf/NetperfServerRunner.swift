import Contract
import Processes

/// Starts netserver.
enum NetperfServerRunner: ProbeRunner {
    /// Serves until it is stopped.
    static func run(_ server: NetperfServer, in context: ProbeContext) async throws(ProbeFailure) {
        let path = try ProbeTool.netserver.require()
        let version = await ProbeTool.netserver.version()
        let tool = ToolServer(
            runner: await context.toolRunner(), tool: "netserver", version: version, output: context.output)
        let result = try await tool.run(
            wanted: server.port,
            command: { NetperfCommand.server(path, server, port: $0) },
            isPortInUse: { ($0.standardOutput + $0.standardError).contains("already in use") }
        )
        guard let result else { return }
        throw ProbeFailure(
            .toolFailed,
            "netserver ended by itself with \(result.status); see its output, kept as an artifact",
            words: result.standardOutput + result.standardError
        )
    }
}
