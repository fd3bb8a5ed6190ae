import Contract
import Processes

/// Starts an iperf3 client and turns what it prints into events.
enum Iperf3Runner: ProbeRunner {
    /// Runs one test against a server, by the program that is installed.
    static func run(_ probe: Iperf3Probe, in context: ProbeContext) async throws(ProbeFailure) {
        let path = try ProbeTool.iperf3.require()
        try SegmentSize.check(probe)
        try await measure(probe, executable: path, runner: await context.toolRunner(), output: context.output)
    }

    /// Runs one test against a server, by the program at this path.
    static func measure(
        _ probe: Iperf3Probe,
        executable: String,
        runner: ToolRunner,
        output: any ProbeOutput
    ) async throws(ProbeFailure) {
        guard let result = try await runner.run(Iperf3Command.client(executable, probe)) else {
            throw ProbeFailure.interrupted(runner.stop)
        }
        for event in try events(of: result, probe) { output.emit(event) }
    }

    /// What the output of a client that has ended comes to.
    ///
    /// - Throws: ``ProbeFailure`` of a client that did not end well, whatever it printed, and of a report that cannot
    ///   be.
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
}
