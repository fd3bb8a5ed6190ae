/// Reads the `NAME=VALUE` lines that netperf prints with `-k`; pure.
public enum NetperfParser {
    /// The report in what netperf printed; errors come as free text on the same stream.
    public static func parse(_ text: String) throws(ProbeFailure) -> NetperfReport {
        var values: [Substring: Substring] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { values[parts[0]] = parts[1] }
        }
        // netperf prints -1 for what it did not measure.
        func number(_ name: Substring) -> Double? {
            guard let value = values[name].flatMap({ Double($0) }), value.isFinite, value >= 0 else { return nil }
            return value
        }
        guard let throughput = number("THROUGHPUT"), let seconds = number("ELAPSED_TIME"), throughput > 0, seconds > 0
        else { throw failure(text) }
        let rate: NetperfReport.Rate
        switch values["THROUGHPUT_UNITS"] {
        case "Trans/s": rate = .transactionsPerSecond(throughput)
        case "10^6bits/s": rate = .bitsPerSecond(throughput * 1e6)
        default: throw failure(text)
        }
        return NetperfReport(
            rate: rate,
            seconds: seconds,
            latencyP50: number("P50_LATENCY").map { $0 / 1e6 },
            latencyP90: number("P90_LATENCY").map { $0 / 1e6 },
            latencyP99: number("P99_LATENCY").map { $0 / 1e6 },
            receivedBytes: number("REMOTE_BYTES_RECVD"),
            retransmits: number("LOCAL_TRANSPORT_RETRANS")
        )
    }

    private static func failure(_ text: String) -> ProbeFailure {
        if text.contains("are you sure there is a netserver listening") || text.contains("Connection refused") {
            return ProbeFailure(
                .connectionRefused,
                "netperf found no netserver; see that the server is ready and that the port is right",
                words: text
            )
        }
        return ProbeFailure(
            .rubbish,
            "netperf is not understood: the values that were asked for are missing; its output is kept as an "
                + "artifact",
            words: text
        )
    }
}
