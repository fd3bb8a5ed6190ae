import Probes

/// What iperf3 prints with `-J`.
struct Iperf3Entrance: Entrance {
    let name = "iperf3"
    let words = [
        "\"start\":{", "\"end\":{", "\"sum_sent\":{", "\"sum_received\":{", "\"sum\":{", "\"seconds\":", "\"bytes\":",
        "\"bits_per_second\":", "\"retransmits\":", "\"jitter_ms\":", "\"packets\":", "\"lost_packets\":",
        "\"cpu_utilization_percent\":{\"host_total\":1,\"remote_total\":1}", "\"version\":\"iperf 3.12\"",
        "\"error\":\"\"",
        "\"error\":\"unable to connect to server: Connection refused\"", "\"protocol\":\"UDP\"", "}\n{", "null", "-1",
    ]

    func take(_ input: [UInt8]) throws(Violation) -> Answer {
        let report: Iperf3Report
        do throws(ProbeFailure) {
            report = try Iperf3Parser.parse(String(decoding: input, as: UTF8.self))
        } catch {
            return try ToolReport.refusal(error)
        }
        guard report.seconds >= ToolReport.shortest else { return .accepted("shorter than any test") }
        try ToolReport.check([
            ("the rate", report.receivedBitsPerSecond), ("bytes", report.receivedBytes), ("seconds", report.seconds),
            ("retransmits", report.retransmits), ("the client's load", report.clientLoad),
            ("the server's load", report.serverLoad), ("jitter", report.datagrams?.jitterSeconds),
            ("loss", report.datagrams?.loss),
        ])
        try ToolReport.check(Iperf3Events.events(report))
        // The receiver's own time: what was asked for, which the runner holds both times to, is not known here.
        let counted = report.receivedBytes * 8 / report.received.seconds
        try Violation.unless(
            report.receivedBitsPerSecond < counted * 2 && report.receivedBitsPerSecond > counted / 2,
            "the rate is what the bytes and the seconds say",
            "\(report.receivedBitsPerSecond) bit/s beside \(report.receivedBytes) bytes in \(report.received.seconds) s"
        )
        try Violation.unless((report.datagrams?.loss ?? 0) <= 1, "a share is at most 1")
        return .accepted(report.datagrams == nil ? "TCP" : "UDP")
    }
}
