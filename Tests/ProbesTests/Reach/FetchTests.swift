import Contract
import Foundation
import Glibc
import HTTP
import LinuxHost
import Processes
import Quantities
import Sockets
import Synchronization
import Testing

@testable import Probes

@Suite("Requests by HTTP over loopback")
struct FetchTests {
    /// Answers each connection with some bytes, when its request is there.
    private final class Pages: Sendable {
        let port: UInt16
        let requests = Mutex<[String]>([])
        private let descriptor: Int32
        private let ended = Atomic(false)

        init(_ answer: String) throws {
            let socket = try Socket(.tcp, .ipv4)
            try socket.bind(to: SocketAddress(try Loopback.address(), port: 0))
            try socket.listen(backlog: 16)
            port = try socket.localPort()
            descriptor = socket.release()
            try PlainThread.start { [self] in
                while true {
                    let connection = accept(descriptor, nil, nil)
                    guard connection >= 0 else { break }
                    var buffer = [UInt8](repeating: 0, count: 4_096)
                    let count = recv(connection, &buffer, buffer.count, 0)
                    requests.withLock { $0.append(String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)) }
                    let bytes = Array(answer.utf8)
                    _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
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

    private static func page(_ status: String) -> String {
        "HTTP/1.1 \(status)\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
    }

    private static func run(_ checks: [ReachProbe.Check], count: Int = 2) async throws -> [Int: ReachResult] {
        let probe = ReachProbe(
            checks: checks, count: count, intervalNanoseconds: 1_000_000, timeoutNanoseconds: 2_000_000_000)
        return try await ReachRun.results(of: probe, deadlineSeconds: 20)
    }

    private static func check(
        _ id: Int, _ port: UInt16, _ request: ReachProbe.Request? = nil, _ method: ReachMethod = .http
    ) throws -> ReachProbe.Check {
        .init(id: id, method: method, address: try Loopback.address(), port: port, request: request)
    }

    @Test("an answer with the expected status is one, another status and what is no HTTP are told apart")
    func outcomes() async throws {
        let good = try Pages(Self.page("200 OK"))
        let missing = try Pages(Self.page("404 Not Found"))
        let moved = try Pages("HTTP/1.1 301 Moved\r\nLocation: http://192.0.2.1/\r\nContent-Length: 0\r\n\r\n")
        let rubbish = try Pages("SSH-2.0-OpenSSH\r\n")
        let empty = try Pages("")
        let closed = try Socket(.tcp, .ipv4)
        try closed.bind(to: SocketAddress(try Loopback.address(), port: 0))
        let results = try await Self.run([
            Self.check(0, good.port), Self.check(1, missing.port),
            Self.check(2, missing.port, .init(path: "/gone?x=1", status: 404, host: "shop.x")),
            Self.check(3, moved.port), Self.check(4, rubbish.port), Self.check(5, empty.port),
            Self.check(6, try closed.localPort()), Self.check(7, good.port, nil, .https),
        ])
        for server in [good, missing, moved, rubbish, empty] { server.end() }
        #expect(results[0]?.outcome == .reached && results[0]?.times.count == 2)
        let phases = try #require(results[0]?.phases)
        #expect(phases.connect > 0 && phases.firstByte > 0 && phases.tls == 0 && phases.lookup < 1_000_000)
        #expect(phases.total >= phases.connect + phases.firstByte)
        #expect(results[1]?.outcome == .otherStatus)
        #expect(results[1]?.reason == "the status is 404, and 200 was expected")
        #expect(results[2]?.outcome == .reached)
        let asked = missing.requests.withLock { $0.first { $0.contains("gone") } }
        #expect(
            asked?.hasPrefix("GET /gone?x=1 HTTP/1.1\r\nHost: shop.x:\(missing.port)\r\n") == true, "\(asked ?? "")")
        #expect(results[3]?.reason == "the status is 301, and 200 was expected")
        #expect(results[4]?.outcome == .otherStatus)
        #expect(results[5]?.outcome == .reset)
        #expect(results[6]?.outcome == .refused)
        #expect(results[7]?.outcome == .tlsFailed)
    }

    @Test("silence is a time-out, and what a stop cuts off could not be tested")
    func silence() async throws {
        let listener = try Socket(.tcp, .ipv4)
        try listener.bind(to: SocketAddress(try Loopback.address(), port: 0))
        try listener.listen(backlog: 4)
        let output = Collector()
        let checks = [try Self.check(0, try listener.localPort())]
        let short = ReachProbe(checks: checks, count: 1, timeoutNanoseconds: 50_000_000)
        await ProbeEngine.run(ProbePlan(probe: short, deadlineSeconds: 10), output: output)
        let cut = ReachProbe(checks: checks, count: 1, timeoutNanoseconds: 900_000_000, limitNanoseconds: 60_000_000)
        await ProbeEngine.run(ProbePlan(probe: cut, deadlineSeconds: 10), output: output)
        let results = try output.events.compactMap { event -> ReachResult? in
            guard case .artifact(let artifact) = event else { return nil }
            return try ReachResult(json: artifact.text)
        }
        #expect(results.map(\.outcome) == [.timedOut, .couldNotTest])
    }
}
