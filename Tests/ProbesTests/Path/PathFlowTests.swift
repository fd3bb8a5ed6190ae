import Contract
import Glibc
import Quantities
import Sockets
import Synchronization
import Testing

@testable import Probes

@Suite("What datagrams of a path probe leave from")
struct PathFlowTests {
    /// Sends back what comes, and keeps the ports that it came from.
    private final class Ports: Sendable {
        private let descriptor: Int32
        private let found = Mutex<[UInt16]>([])
        let port: UInt16

        init() throws {
            let socket = try Socket(.udp, .ipv4)
            try socket.bind(family: .ipv4, port: 0)
            port = try socket.localPort()
            // A datagram that never comes ends the test and not its thread.
            try socket.setTimeouts(nanoseconds: 5_000_000_000)
            descriptor = socket.release()
        }

        deinit { close(descriptor) }

        var all: [UInt16] { found.withLock { $0 } }

        func answer() {
            var bytes = [UInt8](repeating: 0, count: 2_048)
            var from = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            withUnsafeMutablePointer(to: &from) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
                    let count = recvfrom(descriptor, &bytes, bytes.count, 0, name, &length)
                    guard count > 0 else { return }
                    _ = sendto(descriptor, bytes, count, 0, name, length)
                }
            }
            found.withLock { $0.append(UInt16(bigEndian: from.sin_port)) }
        }
    }

    @Test("one port for all, or one for each, and every answer is taken", arguments: [false, true])
    func ports(_ isFresh: Bool) async throws {
        let ports = try Ports()
        let count = 25
        let probe = PathProbe(
            target: try Loopback.address(), port: ports.port, count: count, intervalNanoseconds: 100_000,
            timeoutNanoseconds: 5_000_000_000, isFresh: isFresh)
        let output = Collector()
        async let answered: Void = Task.detached { for _ in 0..<count { ports.answer() } }.value
        await ProbeEngine.run(ProbePlan(probe: probe, deadlineSeconds: 10), output: output)
        await answered
        let text = output.events.compactMap { event -> String? in
            if case .artifact(let artifact) = event { artifact.text } else { nil }
        }.first
        let reading = try PathReading(json: try #require(text))
        #expect(reading.sent == count && reading.answered == count)
        #expect(Set(ports.all).count == (isFresh ? count : 1))
    }
}
