import Contract
import Testing

@testable import Probes

@Suite("netperf's omni output")
struct NetperfParserTests {
    @Test(
        "request and response tests",
        arguments: [
            ("netperf-TCP_RR.txt", 16654.49, 57, 90, 0), ("netperf-TCP_CRR.txt", 11557.84, 79, 186, 0),
            ("netperf-UDP_RR.txt", 15164.18, 65, 102, nil),
        ] as [(String, Double, Double, Double, Double?)]
    )
    func requestResponse(
        _ name: String,
        _ rate: Double,
        _ median: Double,
        _ p99: Double,
        _ retransmits: Double?
    ) throws {
        let report = try NetperfParser.parse(Fixture.text(name))
        #expect(report.rate == .transactionsPerSecond(rate))
        #expect(report.latencyP50 == median / 1e6)
        #expect(report.latencyP99 == p99 / 1e6)
        #expect(report.retransmits == retransmits)
        #expect(report.seconds == 1)
        let output = Collector()
        for event in NetperfEvents.events(report, cpuSeconds: 0.25) { output.emit(event) }
        #expect(output.value("transaction_rate") == rate)
        #expect(output.value("latency_p50") == median / 1e6)
        #expect(output.value("throughput") == nil)
        #expect(output.value("generator_load") == 0.25)
    }

    @Test("a stream")
    func stream() throws {
        let report = try NetperfParser.parse(Fixture.text("netperf-TCP_STREAM.txt"))
        #expect(report.rate == .bitsPerSecond(5301.22 * 1e6))
        #expect(report.receivedBytes == 662_814_720)
        #expect(report.retransmits == 2_550)
        let output = Collector()
        for event in NetperfEvents.events(report, cpuSeconds: 0.99) { output.emit(event) }
        #expect(output.value("throughput") == 5301.22 * 1e6)
        #expect(output.value("latency_p50") == nil)
        #expect(output.value("generator_limited") == 1)
    }

    @Test("nobody listens")
    func refused() throws {
        let text = try Fixture.text("netperf-refused.txt")
        #expect {
            try NetperfParser.parse(text)
        } throws: {
            ($0 as? ProbeFailure)?.code == .connectionRefused && ($0 as? ProbeFailure)?.words == text
        }
    }

    @Test(
        "anything else is rubbish",
        arguments: [
            "", "=", "THROUGHPUT=1", "THROUGHPUT=-1\nELAPSED_TIME=1\nTHROUGHPUT_UNITS=Trans/s",
            "THROUGHPUT=1\nELAPSED_TIME=1\nTHROUGHPUT_UNITS=Furlongs",
            "THROUGHPUT=nan\nELAPSED_TIME=1\nTHROUGHPUT_UNITS=Trans/s",
        ]
    )
    func rubbish(_ text: String) {
        #expect { try NetperfParser.parse(text) } throws: { ($0 as? ProbeFailure)?.code == .rubbish }
    }
}
