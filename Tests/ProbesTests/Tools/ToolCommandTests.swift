import Contract
import Processes
import Quantities
import Testing

@testable import Probes

@Suite("the command lines of tools")
struct ToolCommandTests {
    @Test("an iperf3 client")
    func iperf3Client() throws {
        var probe = Iperf3Probe(target: try IPAddress(parsing: "10.0.0.2"), port: 5201, transport: .tcp, seconds: 2)
        #expect(
            Iperf3Command.client("iperf3", probe).arguments == [
                "--client", "10.0.0.2", "--port", "5201", "--json", "--interval", "0", "--time", "2", "--parallel",
                "1", "--connect-timeout", "3000", "-4",
            ]
        )
        probe.target = try IPAddress(parsing: "fd00::2")
        probe.transport = .udp
        probe.streams = 4
        probe.omitSeconds = 1
        probe.bitsPerSecond = 1e9
        let arguments = Iperf3Command.client("iperf3", probe).arguments
        probe.transport = .tcp
        probe.mss = 536
        #expect(Iperf3Command.client("iperf3", probe).arguments.contains("--set-mss"))
        probe.mss = nil
        for (direction, word) in [(StreamDirection.down, "--reverse"), (.both, "--bidir")] {
            probe.direction = direction
            #expect(Iperf3Command.client("iperf3", probe).arguments.contains(word))
        }
        #expect(arguments.suffix(6) == ["-6", "--omit", "1", "--udp", "--bitrate", "250000000"])
    }

    @Test("an iperf3 server serves one test, and ends by itself where that is known")
    func iperf3Server() {
        let arguments = Iperf3Command.server("iperf3", port: 5201, address: nil, idleSeconds: 9).arguments
        #expect(
            arguments == [
                "--server", "--one-off", "--json", "--interval", "0", "--port", "5201", "--idle-timeout", "9",
            ])
        #expect(
            Iperf3Command.server("iperf3", port: 1, address: nil, idleSeconds: nil).arguments.contains("--idle-timeout")
                == false)
    }

    @Test(
        "--idle-timeout is there from 3.10 on",
        arguments: [
            ("3.12", true), ("3.10", true), ("3.9", false), ("3.1.3", false), ("4.0", true), ("unknown", false),
        ]
    )
    func idleTimeout(_ version: String, _ isKnown: Bool) {
        #expect(Iperf3ServerRunner.supportsIdleTimeout(version) == isKnown)
    }

    @Test("netperf and netserver")
    func netperf() throws {
        let target = try IPAddress(parsing: "10.0.0.2")
        let probe = NetperfProbe(
            target: target, port: 12865, transport: .tcp, pattern: .requestResponse, messageSize: 100, seconds: 3
        )
        let arguments = NetperfCommand.client("netperf", probe, test: "TCP_RR").arguments
        #expect(
            arguments.prefix(15) == [
                "-H", "10.0.0.2", "-p", "12865", "-4", "-t", "TCP_RR", "-l", "3", "-P", "0", "-j", "--", "-r",
                "100,100",
            ]
        )
        let server = NetperfCommand.server("netserver", NetperfServer(family: .ipv6), port: 7).arguments
        #expect(server == ["-D", "-6", "-p", "7"])
    }

    @Test(
        "the version is found in what tools print",
        arguments: [
            ("iperf 3.12 (cJSON 1.7.15)\nLinux vm 6.1", "3.12"), ("Netperf version 2.7.0\n", "2.7.0"), ("", nil),
            ("no number here.", nil),
        ] as [(String, String?)]
    )
    func versions(_ text: String, _ version: String?) {
        #expect(ProbeTool.version(in: text) == version)
    }

    @Test("a missing tool says what to install", arguments: ProbeTool.allCases)
    func hints(_ tool: ProbeTool) {
        #expect(tool.hint.contains(tool == .iperf3 ? "apt-get install iperf3" : "non-free"))
        guard tool.path == nil else { return }
        #expect { try tool.require() } throws: { ($0 as? ProbeFailure)?.code == .toolMissing }
    }
}
