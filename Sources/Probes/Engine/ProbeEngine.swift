import LinuxHost
import Processes

/// Carries out probe plans in the network namespace of this process.
public enum ProbeEngine {
    /// Runs one plan to its end and says what happens to the output; `done` is always the last event.
    ///
    /// A server runs until the stop is tripped or the deadline comes, and both are its regular end. A measurement that
    /// they end early is a failure. Everything that was started is ended when this returns.
    public static func run(
        _ plan: ProbePlan,
        output: any ProbeOutput,
        stop: ProbeStop = ProbeStop()
    ) async {
        do throws(PlanError) {
            try plan.validate()
            await withTaskCancellationHandler {
                await runUntilDeadline(plan, output, stop)
            } onCancel: {
                stop.trip(.requested)
            }
        } catch {
            output.emit(.failure(code: FailureCode.badPlan.rawValue, message: error.description))
        }
        output.emit(.done)
    }

    private static func runUntilDeadline(_ plan: ProbePlan, _ output: any ProbeOutput, _ stop: ProbeStop) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                guard (try? await Task.sleep(for: .seconds(plan.deadlineSeconds))) != nil else { return }
                stop.trip(.deadline)
            }
            do throws(ProbeFailure) {
                try await perform(plan, output, stop)
            } catch {
                if let words = error.words {
                    output.emit(.artifact(name: "\(plan.probe.kind)-output", mediaType: "text/plain", text: words))
                }
                output.emit(.failure(code: error.code.rawValue, message: error.message))
            }
            group.cancelAll()
        }
    }

    private static func perform(
        _ plan: ProbePlan,
        _ output: any ProbeOutput,
        _ stop: ProbeStop
    ) async throws(ProbeFailure) {
        let deadline = Clock.monotonicNanoseconds() + UInt64(plan.deadlineSeconds * 1e9)
        var runner = ToolRunner(stop: stop, deadline: deadline)
        if plan.probe.hasTool { runner.tether = await ToolTether.find() }
        switch plan.probe {
        case .echoServer(let server):
            try await EchoRunner.serve(server, stop: stop, output: output)
        case .latency(let probe):
            try await LatencyRunner.measure(probe, deadline: deadline, stop: stop, output: output)
        case .iperf3Server(let server):
            let seconds = plan.deadlineSeconds
            try await Iperf3Runner.serve(server, deadlineSeconds: seconds, runner: runner, output: output)
        case .iperf3(let probe):
            try await Iperf3Runner.measure(probe, runner: runner, output: output)
        case .netperfServer(let server):
            try await NetperfRunner.serve(server, runner: runner, output: output)
        case .netperf(let probe):
            try await NetperfRunner.measure(probe, runner: runner, output: output)
        case .serviceProxy(let probe):
            try await ServiceProxyRunner.measure(probe, deadline: deadline, stop: stop, output: output)
        case .cniOperations(let operations):
            try await CNIOperationsRunner.run(operations, stop: stop, output: output)
        }
    }
}
