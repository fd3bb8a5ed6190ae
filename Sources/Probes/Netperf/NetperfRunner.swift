import Contract
import LinuxHost
import Processes

/// Starts netperf and turns what it prints into events.
enum NetperfRunner: ProbeRunner {
    /// Runs one test against a server.
    ///
    /// netperf's own CPU numbers are those of the whole host, so the client's is taken from getrusage(RUSAGE_CHILDREN)
    /// and that of netserver is not known.
    static func run(_ probe: NetperfProbe, in context: ProbeContext) async throws(ProbeFailure) {
        let output = context.output
        let path = try ProbeTool.netperf.require()
        guard let test = probe.testName else { throw ProbeFailure(.badPlan, "netperf has no such test") }
        output.emit(.ready(port: 0, tool: "netperf", version: await ProbeTool.netperf.version()))
        let runner = await context.toolRunner()
        // getrusage(2) counts a child once it has been waited for, which the runner does.
        let before = ChildTimes.now().seconds
        guard let result = try await runner.run(NetperfCommand.client(path, probe, test: test)) else {
            throw ProbeFailure.interrupted(runner.stop)
        }
        let cpu = ChildTimes.now().seconds - before
        for event in try events(of: result, probe, cpuSeconds: cpu) { output.emit(event) }
    }

    /// What the output of a client that has ended comes to.
    ///
    /// - Throws: ``ProbeFailure`` of a client that did not end well, whatever it printed, and of a report that cannot
    ///   be.
    static func events(
        of result: ProcessOutput, _ probe: NetperfProbe, cpuSeconds: Double
    ) throws(ProbeFailure) -> [ProbeEvent] {
        let text = ToolEnd.words(of: result)
        if let failure = ToolEnd.failure(of: "netperf", result) { throw NetperfParser.refusal(text) ?? failure }
        let report = try NetperfParser.parse(text)
        if let reason = NetperfCheck.reason(report, probe) {
            throw NetperfParser.contradiction(reason, text)
        }
        return [.artifact(name: "netperf-report", mediaType: "text/plain", text: text)]
            + NetperfEvents.events(report, cpuSeconds: cpuSeconds)
    }
}
