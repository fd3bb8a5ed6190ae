import Contract
import LinuxHost
import ServiceLab
import ServiceProxies
import Sockets

/// What all measurements of a service proxy share: the network, the services, the proxy, and where results go.
final class ServiceBench: Sendable {
    let probe: ServiceProxyProbe
    let table: ServiceTable
    let lab: ServiceLab
    let proxy: any ServiceProxy
    let stop: ProbeStop
    let output: any ProbeOutput
    let seed: UInt64

    init(
        _ probe: ServiceProxyProbe,
        lab: ServiceLab,
        proxy: any ServiceProxy,
        _ context: ProbeContext
    ) {
        self.probe = probe
        table = ServiceTable(probe)
        self.lab = lab
        self.proxy = proxy
        stop = context.stop
        output = context.output
        seed = context.seed
    }

    /// Runs a piece of code on a thread of its own inside the client's namespace, on the processor of the data path.
    func asClient<Value: Sendable>(
        _ body: @escaping @Sendable (ServiceClient) throws(SocketError) -> Value
    ) async throws(ProbeFailure) -> Value {
        let result = await PlainThread.run { [self] () -> Result<Value, ProbeFailure> in
            SharedProcessor.stay()
            do throws(ProbeFailure) {
                return .success(
                    try lab.client.run(failure: { ProbeFailure(.system, "\($0)") }) { [self] () throws(ProbeFailure) in
                        do throws(SocketError) {
                            return try body(ServiceClient(timeoutNanoseconds: probe.timeoutNanoseconds))
                        } catch {
                            throw error.failure(peer: "a service")
                        }
                    }
                )
            } catch {
                return .failure(error)
            }
        }
        let value = try result.get()
        if stop.isTripped { throw ProbeFailure.interrupted(stop) }
        return value
    }

    func emit(_ events: [ProbeEvent]) {
        for event in events { output.emit(event) }
    }

    func sample(_ metric: String, _ value: Double) {
        output.emit(ServiceReport.sample(metric, value))
    }
}
