import Contract

/// Whether a report agrees with itself and with what was asked for; pure.
///
/// What netperf did not measure is not held against it.
enum NetperfCheck {
    /// Why the report cannot be believed whatever was asked for, or nil.
    static func reason(_ report: NetperfReport) -> String? {
        if let reason = report.retransmits.flatMap({ Plausibility.count("retransmits", $0, seconds: report.seconds) }) {
            return reason
        }
        switch report.rate {
        case .bitsPerSecond(let rate):
            let bytes = report.receivedBytes ?? rate * report.seconds / 8
            return Plausibility.rate("received", rate, bytes: bytes, seconds: report.seconds)
        case .transactionsPerSecond(let rate): return transactions(rate, report)
        }
    }

    /// Why the report cannot be one of this test, or nil.
    static func reason(_ report: NetperfReport, _ probe: NetperfProbe) -> String? {
        if let reason = Plausibility.duration(report.seconds, asked: Double(probe.seconds)) { return reason }
        switch (report.rate, probe.pattern) {
        case (.bitsPerSecond, .stream): return nil
        case (.transactionsPerSecond(let rate), .requestResponse),
            (.transactionsPerSecond(let rate), .connectRequestClose), (.transactionsPerSecond(let rate), .openLoop),
            (.transactionsPerSecond(let rate), .flood), (.transactionsPerSecond(let rate), .highestRate):
            return requests(rate, report, probe)
        case (.bitsPerSecond, _), (.transactionsPerSecond, .stream):
            return "it reports another unit than that of the test \(probe.testName ?? "")"
        }
    }

    private static func transactions(_ rate: Double, _ report: NetperfReport) -> String? {
        let percentiles: [(share: Double, value: Double)] = [
            (0.5, report.latencyP50), (0.9, report.latencyP90), (0.99, report.latencyP99),
        ].compactMap { share, value in value.map { (share, $0) } }
        if let reason = Plausibility.count("transactions", rate * report.seconds, seconds: report.seconds)
            ?? Plausibility.percentiles(percentiles, within: report.seconds)
        {
            return reason
        }
        for (share, value) in percentiles {
            if let reason = Plausibility.sequence(rate: rate, share: share, percentile: value) { return reason }
        }
        return nil
    }

    /// Each transaction brings one request to the server.
    private static func requests(_ rate: Double, _ report: NetperfReport, _ probe: NetperfProbe) -> String? {
        guard let bytes = report.receivedBytes, bytes > 0 else { return nil }
        let made = bytes / Double(probe.messageSize) / report.seconds
        // Of few transactions, the one that is under way at the end is a large share.
        guard abs(made - rate) > max(max(made, rate) * Plausibility.rateTolerance, 10) else { return nil }
        return "it says \(Plausibility.text(rate)) transactions/s, and the bytes that the server got in "
            + "\(Plausibility.text(report.seconds)) s make \(Plausibility.text(made))"
    }
}
