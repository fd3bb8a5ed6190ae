import Contract
import LinuxHost
import Sockets
import Statistics

/// Runs an echo server on a thread of its own and turns what it says into events.
enum EchoRunner: ProbeRunner {
    static func run(_ server: EchoServer, in context: ProbeContext) async throws(ProbeFailure) {
        let (stop, output) = (context.stop, context.output)
        let result = await PlainThread.run { () -> Result<Double, ProbeFailure> in
            let ready: (UInt16) -> Void = { output.emit(.ready(port: $0, tool: "echo", version: "1")) }
            do throws(SocketError) {
                switch server.transport {
                case .tcp: return .success(try TCPEchoService(server: server, stop: stop).run(ready: ready))
                case .udp: return .success(try UDPEchoService(server: server, stop: stop).run(ready: ready))
                }
            } catch {
                let place = "the echo server at \(server.transport.rawValue) port \(server.port)"
                return .failure(error.failure(peer: place))
            }
        }
        let seconds = try result.get()
        output.emit(.sample(metric: ProbeMetrics.cpuServer.name, value: seconds, censored: false))
    }
}
