import Contract
import LinuxHost
import Sockets

/// Runs an agent of the problem detector on a thread of its own, and hands each window over as it closes.
enum DetectorRunner: ProbeRunner {
    static func run(_ probe: DetectorProbe, in context: ProbeContext) async throws(ProbeFailure) {
        let (stop, output, seed) = (context.stop, context.output, context.seed)
        let result = await PlainThread.run { () -> Result<Void, ProbeFailure> in
            TimerSlack.minimise()
            var unwritten: String?
            do throws(SocketError) {
                let agent = try DetectorAgent(probe, seed: seed, stop: stop) { window in
                    do {
                        output.emit(
                            .artifact(
                                name: AgentWindow.artifact, mediaType: "application/json", text: try window.json()))
                    } catch {
                        unwritten = "\(error)"
                    }
                }
                output.emit(.ready(port: probe.port, tool: "detector", version: "1"))
                agent.run()
            } catch {
                return .failure(error.failure(peer: "the agent's port \(probe.port)"))
            }
            if let unwritten {
                return .failure(ProbeFailure(.system, "a window could not be written as JSON: \(unwritten)"))
            }
            return stop.reason == .deadline ? .failure(.interrupted(stop)) : .success(())
        }
        try result.get()
    }
}
