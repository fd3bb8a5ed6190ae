import Contract
import Glibc
import Quantities
import ServiceLab
import Sockets
import Testing

@testable import Probes

@Suite("Names over loopback")
struct NameFlowTests {
    private static let table = NameTable([
        StandIn.Name("shop.x", addresses: [IPAddress(10, 96, 0, 10)], port: 80),
        StandIn.Name("here.x", addresses: [IPAddress(127, 0, 0, 1)]),
    ])

    private static func run(_ checks: [ReachProbe.Check], count: Int = 2) async throws -> [Int: ReachResult] {
        let probe = ReachProbe(
            checks: checks, count: count, intervalNanoseconds: 1_000_000, timeoutNanoseconds: 1_000_000_000)
        return try await ReachRun.results(of: probe, deadlineSeconds: 10)
    }

    private static func check(
        _ id: Int, _ port: UInt16, _ name: String, _ type: NameType = .a
    ) throws -> ReachProbe.Check {
        .init(id: id, method: .dns, address: try Loopback.address(), port: port, question: .init(name, type))
    }

    @Test("records are found, and what is not there is told from silence")
    func outcomes() async throws {
        let server = try Responder { _, bytes in Self.table.response(to: bytes).map { [$0] } ?? [] }
        let silent = try Responder { _, _ in [] }
        let closed = try Socket(.udp, .ipv4)
        try closed.bind(to: SocketAddress(try Loopback.address(), port: 0))
        let results = try await Self.run([
            Self.check(0, server.port, "shop.x"), Self.check(1, server.port, "SHOP.X", .srv),
            Self.check(2, server.port, "shop.x", .aaaa), Self.check(3, server.port, "none.x"),
            Self.check(4, silent.port, "shop.x"),
        ])
        server.end()
        silent.end()
        #expect(results[0]?.outcome == .reached && results[0]?.reason == "10.96.0.10")
        #expect(results[0]?.times.count == 2)
        #expect(results[1]?.outcome == .reached && results[1]?.reason == "shop.x:80")
        #expect(results[2]?.outcome == .nameNotFound)
        #expect(results[2]?.reason == "the name has no record of this type (NODATA)")
        #expect(results[3]?.outcome == .nameNotFound)
        #expect(results[3]?.reason == "there is no such name (NXDOMAIN)")
        #expect(results[4]?.outcome == .timedOut)
    }

    @Test("who says no, has cut off, or answers something else is not taken for an answer")
    func badServers() async throws {
        func altered(_ change: @escaping @Sendable (inout DNSMessage) -> Void) throws -> Responder {
            try Responder { _, bytes in
                guard let reply = Self.table.response(to: bytes), var message = try? DNSMessage(reply) else {
                    return []
                }
                change(&message)
                return [message.bytes]
            }
        }
        let refuser = try altered { ($0.code, $0.answers) = (.refused, []) }
        let failing = try altered { ($0.code, $0.answers) = (.failed, []) }
        let cut = try altered { $0.isTruncated = true }
        let stranger = try altered { $0.id ^= 1 }
        let other = try altered { $0.questions[0].type = .aaaa }
        let servers = [refuser, failing, cut, stranger, other]
        let results = try await Self.run(
            servers.enumerated().map { try Self.check($0.offset, $0.element.port, "shop.x") })
        for server in servers { server.end() }
        #expect(results[0]?.outcome == .serverFailed && results[0]?.reason.contains("REFUSED") == true)
        #expect(results[1]?.outcome == .serverFailed && results[1]?.reason.contains("SERVFAIL") == true)
        #expect(results[2]?.outcome == .couldNotTest && results[2]?.reason.contains("TC") == true)
        for index in [3, 4] {
            #expect(results[index]?.outcome == .timedOut)
            #expect(results[index]?.strays == 2)
        }
    }
}
