import Contract

@testable import Probes

/// Runs a client against a server, both on this machine.
enum Pair {
    /// Starts the server, then the client that `client` makes for its port, and stops the server after it.
    static func run(
        _ server: any Probe,
        deadlineSeconds: Double = 20,
        client: @Sendable (UInt16) -> any Probe
    ) async -> (server: Collector, client: Collector) {
        let outputs = (server: Collector(), client: Collector())
        let stop = ProbeStop()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                let plan = ProbePlan(probe: server, deadlineSeconds: deadlineSeconds)
                await ProbeEngine.run(plan, output: outputs.server, stop: stop)
            }
            if let port = await outputs.server.waitForPort() {
                let plan = ProbePlan(probe: client(port), deadlineSeconds: deadlineSeconds)
                await ProbeEngine.run(plan, output: outputs.client)
            }
            stop.trip()
        }
        return outputs
    }
}
