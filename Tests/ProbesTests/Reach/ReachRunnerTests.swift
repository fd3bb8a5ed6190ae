import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets
import Synchronization
import Testing

@testable import Probes

@Suite("Checks over loopback")
struct ReachRunnerTests {
    private static func run(_ probe: ReachProbe, deadline: Double = 10) async throws -> [Int: ReachResult] {
        try await ReachRun.results(of: probe, deadlineSeconds: deadline)
    }

    /// A TCP server that does to every connection what a test wants.
    private final class Server: Sendable {
        let port: UInt16
        private let descriptor: Int32
        private let ended = Atomic(false)

        init(_ family: IPAddress.Family = .ipv4, _ serve: @escaping @Sendable (Int32) -> Void) throws {
            let socket = try Socket(.tcp, family)
            try socket.bind(to: SocketAddress(try Loopback.address(family), port: 0))
            try socket.listen(backlog: 16)
            port = try socket.localPort()
            descriptor = socket.release()
            let listener = descriptor
            try PlainThread.start { [self] in
                while true {
                    let connection = accept(listener, nil, nil)
                    guard connection >= 0 else { break }
                    serve(connection)
                    close(connection)
                }
                ended.store(true, ordering: .releasing)
            }
        }

        func end() {
            shutdown(descriptor, Int32(SHUT_RDWR))
            while !ended.load(ordering: .acquiring) { usleep(500) }
            close(descriptor)
        }
    }

    private static func closedPort() throws -> UInt16 {
        let socket = try Socket(.tcp, .ipv4)
        try socket.bind(to: SocketAddress(try Loopback.address(), port: 0))
        return try socket.localPort()
    }

    @Test("connections are reached, refused or reset, and none of them is taken for another")
    func connections() async throws {
        let taker = try Server { _ in usleep(2_000) }
        let resetter = try Server { connection in
            var value = linger(l_onoff: 1, l_linger: 0)
            setsockopt(connection, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
        }
        let local = try Loopback.address()
        let results = try await Self.run(
            ReachProbe(
                checks: [
                    .init(id: 1, method: .tcp, address: local, port: taker.port),
                    .init(id: 2, method: .tcp, address: local, port: try Self.closedPort()),
                    .init(id: 3, method: .tcp, address: local, port: resetter.port),
                ], count: 3, intervalNanoseconds: 1_000_000))
        taker.end()
        resetter.end()
        #expect(results[1]?.outcome == .reached)
        #expect(results[1]?.times.count == 3)
        #expect(results[2]?.outcome == .refused)
        #expect(results[2]?.reason.contains("errno \(ECONNREFUSED)") == true)
        #expect(results[3]?.outcome == .reset, "\(String(describing: results[3]))")
        #expect(results[3]?.times.isEmpty == true)
    }

    @Test("IPv6 is the same")
    func ipv6() async throws {
        let server = try Server(.ipv6) { _ in usleep(2_000) }
        let results = try await Self.run(
            ReachProbe(
                checks: [.init(id: 0, method: .tcp, address: try Loopback.address(.ipv6), port: server.port)], count: 2)
        )
        server.end()
        #expect(results[0]?.outcome == .reached)
    }

    @Test("datagrams: an echo is an answer; silence, another's words and a closed port are not")
    func datagrams() async throws {
        let echo = try Responder { _, bytes in [bytes] }
        let silent = try Responder { _, _ in [] }
        let liar = try Responder { _, bytes in [bytes.map { $0 ^ 1 }, [1, 2, 3]] }
        let half = try Responder { number, bytes in number.isMultiple(of: 2) ? [bytes] : [] }
        let local = try Loopback.address()
        let ports = [echo.port, silent.port, liar.port, half.port, try Self.closedPort()]
        let results = try await Self.run(
            ReachProbe(
                checks: ports.enumerated().map { .init(id: $0.offset, method: .udp, address: local, port: $0.element) },
                count: 4, intervalNanoseconds: 1_000_000, timeoutNanoseconds: 100_000_000))
        for responder in [echo, silent, liar, half] { responder.end() }
        #expect(results[0]?.outcome == .reached)
        #expect(results[0]?.loss == 0)
        #expect(results[1]?.outcome == .timedOut)
        #expect(results[2]?.outcome == .timedOut)
        #expect(results[2]?.strays == 8)
        #expect(results[3]?.outcome == .reached)
        #expect(results[3]?.loss == 0.5)
        #expect(results[4]?.outcome == .refused)
    }

    @Test("no more checks are under way at once than was asked, and every one has a result")
    func concurrency() async throws {
        let server = try Server { _ in }
        let local = try Loopback.address()
        let results = try await Self.run(
            ReachProbe(
                checks: (0..<100).map { .init(id: $0, method: .tcp, address: local, port: server.port) },
                concurrency: 3, count: 1))
        server.end()
        #expect(results.count == 100)
        #expect(results.values.allSatisfy { $0.outcome == .reached })
    }

    @Test("what the deadline cuts off could not be tested")
    func deadline() async throws {
        let silent = try Responder { _, _ in [] }
        let local = try Loopback.address()
        let results = try await Self.run(
            ReachProbe(
                checks: (0..<3).map { .init(id: $0, method: .udp, address: local, port: silent.port) },
                concurrency: 1, count: 1, timeoutNanoseconds: 5_000_000_000, limitNanoseconds: 60_000_000))
        silent.end()
        #expect(results.count == 3)
        #expect(results.values.allSatisfy { $0.outcome == .couldNotTest && $0.reason == "the deadline came first" })
    }

    @Test(
        "an errno value is one outcome",
        arguments: [
            (ECONNREFUSED, ReachOutcome.refused), (ECONNRESET, .reset), (ETIMEDOUT, .timedOut),
            (EHOSTUNREACH, .unreachable), (ENETUNREACH, .unreachable), (EACCES, .unreachable), (EMFILE, .couldNotTest),
            (ENOBUFS, .couldNotTest),
        ])
    func errno(_ code: Int32, _ outcome: ReachOutcome) {
        #expect(ReachWords.outcome(of: code).outcome == outcome)
    }
}
