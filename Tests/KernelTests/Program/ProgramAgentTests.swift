import Contract
import Glibc
import Probes
import Quantities
import TestSupport
import Testing

extension ProgramTests {
    @Suite("The agent")
    struct Agent {
        @Test("a port that is taken is a failure with its number and a way out")
        func portInUse() async throws {
            let listener = try Listener()
            defer { listener.close() }
            let agent = [try BuiltProgram.path(), "agent"]
            let servers: [any Probe] = [
                EchoServer(transport: .tcp, family: .ipv4, port: listener.port, messageSize: 64),
                Iperf3Server(port: listener.port),
            ]
            for server in servers {
                let failure = try #require(try await AgentExchange.failure(agent, server))
                #expect(failure.code == FailureCode.portInUse.rawValue)
                #expect(failure.message.contains("\(listener.port)"))
                #expect(failure.message.contains("0 for"))
            }
        }

        @Test("a plan that is none ends with 2 and says what is wrong with it")
        func badPlan() async throws {
            try await Workbench.with("plan") { bench in
                let result = try await bench.run(["agent"])
                #expect(result.exitCode == 2)
                #expect(result.standardOutput.contains("badPlan"))
                #expect(result.standardOutput.contains("standard input ended before it"))
            }
        }
    }
}

/// A TCP socket that listens at a port of every IPv4 address.
private struct Listener {
    let descriptor: Int32
    let port: UInt16

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> Int32 in
                guard bind(descriptor, address, length) == 0, listen(descriptor, 1) == 0 else { return -1 }
                return getsockname(descriptor, address, &length)
            }
        }
        try #require(code == 0)
        port = UInt16(bigEndian: address.sin_port)
    }

    func close() {
        _ = Glibc.close(descriptor)
    }
}
