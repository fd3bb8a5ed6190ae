import Probes

/// What netperf prints with `-k`.
struct NetperfEntrance: Entrance {
    let name = "netperf"
    let words = [
        "THROUGHPUT=", "THROUGHPUT_UNITS=Trans/s", "THROUGHPUT_UNITS=10^6bits/s", "ELAPSED_TIME=", "P50_LATENCY=",
        "P90_LATENCY=", "P99_LATENCY=", "REMOTE_BYTES_RECVD=", "LOCAL_TRANSPORT_RETRANS=", "\n", "=", "-1", "-1.00",
        "Connection refused",
    ]

    func take(_ input: [UInt8]) throws(Violation) -> Answer {
        let report: NetperfReport
        do throws(ProbeFailure) {
            report = try NetperfParser.parse(String(decoding: input, as: UTF8.self))
        } catch {
            return try ToolReport.refusal(error)
        }
        guard report.seconds >= ToolReport.shortest else { return .accepted("shorter than any test") }
        let rate =
            switch report.rate {
            case .bitsPerSecond(let rate), .transactionsPerSecond(let rate): rate
            }
        try ToolReport.check([
            ("the rate", rate), ("seconds", report.seconds), ("p50", report.latencyP50), ("p90", report.latencyP90),
            ("p99", report.latencyP99), ("bytes", report.receivedBytes), ("retransmits", report.retransmits),
        ])
        try ToolReport.check(NetperfEvents.events(report, cpuSeconds: 1))
        return .accepted(report.latencyP50 == nil ? "without percentiles" : "with percentiles")
    }
}
