import Contract
import LinuxHost
import Sockets

/// Runs a path probe on a thread of its own and hands over what became of its packets.
enum PathRunner: ProbeRunner {
    static func run(_ probe: PathProbe, in context: ProbeContext) async throws(ProbeFailure) {
        let stop = context.stop
        let peer = probe.isEcho ? "icmp \(probe.target)" : "udp \(probe.target) port \(probe.port)"
        let result = await PlainThread.run { () -> Result<PathReading, ProbeFailure> in
            do throws(SocketError) {
                return .success(try PathClient(probe, stop: stop).run().reading())
            } catch {
                return .failure(error.failure(peer: peer))
            }
        }
        let reading = try result.get()
        guard !stop.isTripped else { throw ProbeFailure.interrupted(stop) }
        do {
            context.output.emit(
                .artifact(
                    Artifact(name: PathReading.artifact, mediaType: "application/json", text: try reading.json())))
        } catch {
            throw ProbeFailure(.system, "the reading cannot be written as JSON: \(error)")
        }
    }
}
