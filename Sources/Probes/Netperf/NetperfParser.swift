import Contract

/// Reads the `NAME=VALUE` lines that netperf prints with `-k`; pure.
public enum NetperfParser {
    /// The report in what netperf printed; errors come as free text on the same stream.
    public static func parse(_ text: String) throws(ProbeFailure) -> NetperfReport {
        let values = try values(text)
        // netperf prints -1 or -nan for what it did not measure.
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
        let report = NetperfReport(
            rate: rate,
            seconds: seconds,
            latencyP50: number("P50_LATENCY").map { $0 / 1e6 },
            latencyP90: number("P90_LATENCY").map { $0 / 1e6 },
            latencyP99: number("P99_LATENCY").map { $0 / 1e6 },
            receivedBytes: number("REMOTE_BYTES_RECVD"),
            retransmits: number("LOCAL_TRANSPORT_RETRANS")
        )
        if let reason = NetperfCheck.reason(report) { throw contradiction(reason, text) }
        return report
    }

    /// The failure of a report that cannot be believed.
    static func contradiction(_ reason: String, _ text: String) -> ProbeFailure {
        ProbeFailure(
            .contradictory,
            "the report of netperf cannot be believed: \(reason); its output is kept as an artifact",
            words: text
        )
    }

    /// The values by their names; the same line twice is no harm, two values of one name are.
    private static func values(_ text: String) throws(ProbeFailure) -> [Substring: Substring] {
        var values: [Substring: Substring] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            if let known = values[parts[0]], known != parts[1], NetperfCommand.selectors.contains(String(parts[0])) {
                throw contradiction("\(parts[0]) is \(known) and \(parts[1]), and nothing says which", text)
            }
            values[parts[0]] = parts[1]
        }
        return values
    }

    /// The failure of a client that found nobody, by its own words; nil for any other text.
    static func refusal(_ text: String) -> ProbeFailure? {
        guard text.contains("are you sure there is a netserver listening") || text.contains("Connection refused")
        else { return nil }
        return ProbeFailure(
            .connectionRefused,
            "netperf found no netserver; see that the server is ready and that the port is right",
            words: text
        )
    }

    private static func failure(_ text: String) -> ProbeFailure {
        refusal(text)
            ?? ProbeFailure(
                .rubbish,
                "netperf is not understood: the values that were asked for are missing; its output is kept as an "
                    + "artifact",
                words: text
            )
    }
}
