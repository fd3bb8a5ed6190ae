import FoundationEssentials

/// Reads iperf3's JSON; pure.
public enum Iperf3Parser {
    /// The report in what `iperf3 -c … -J` printed.
    ///
    /// iperf3 prints its errors as JSON on standard output, and then exits with 1. Anything that is not a whole report
    /// or an error object is `rubbish`; the text itself is kept with the failure.
    public static func parse(_ text: String) throws(ProbeFailure) -> Iperf3Report {
        let document = try document(text)
        if let error = document.error { throw failure(error, text) }
        guard let end = document.end, let sent = end.sent ?? end.sum, let utilisation = end.utilisation else {
            throw rubbish("its report has no summary", text)
        }
        let datagrams = try datagrams(end, text)
        // Before 3.13, `sum_received` is missing in some UDP reports, and `sum` holds what was sent.
        let arrived = 1 - (datagrams?.loss ?? 0)
        guard end.received != nil || datagrams != nil else { throw rubbish("it has no sum_received", text) }
        let report = Iperf3Report(
            version: document.start?.version.flatMap { ProbeTool.version(in: $0) } ?? "unknown",
            receivedBitsPerSecond: end.received?.bitsPerSecond ?? sent.bitsPerSecond * arrived,
            receivedBytes: end.received?.bytes ?? sent.bytes * arrived,
            seconds: sent.seconds,
            retransmits: datagrams == nil ? sent.retransmits : nil,
            clientLoad: utilisation.host / 100,
            serverLoad: utilisation.remote / 100,
            datagrams: datagrams
        )
        guard report.receivedBytes > 0, report.receivedBitsPerSecond > 0, report.seconds > 0 else {
            throw ProbeFailure(
                .timedOut,
                "iperf3 transferred nothing; see that data packets pass, not only those of its control connection",
                words: text
            )
        }
        return report
    }

    /// The error object in what an iperf3 printed, when there is one.
    static func toolError(_ text: String) -> String? {
        (try? document(text))?.error
    }

    /// The failure that stands for iperf3's own words.
    static func failure(_ error: String, _ text: String) -> ProbeFailure {
        let known: [(part: String, code: FailureCode, wayOut: String)] = [
            ("Connection refused", .connectionRefused, "see that the server is ready and that the port is right"),
            ("busy running a test", .serverBusy, "a server takes one test at a time; wait for it or start another"),
            ("timed out", .timedOut, "see that packets pass in both directions"),
            ("unreachable", .unreachable, "see the routes of this namespace"),
            ("No route to host", .unreachable, "see the routes of this namespace"),
            ("Address already in use", .portInUse, "choose another port, or 0 for a free one"),
            ("Connection reset", .connectionReset, "see what the other end said"),
            ("server has terminated", .connectionReset, "see what the server said"),
        ]
        let match = known.first { error.contains($0.part) }
        return ProbeFailure(
            match?.code ?? .toolFailed,
            "iperf3 said: \(error); \(match?.wayOut ?? "see its output, kept as an artifact")",
            words: text
        )
    }

    private static func document(_ text: String) throws(ProbeFailure) -> Iperf3Document {
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw rubbish("it printed nothing", text)
        }
        do {
            return try JSONDecoder().decode(Iperf3Document.self, from: Data(text.utf8))
        } catch {
            throw rubbish("it printed something that is not its JSON", text)
        }
    }

    private static func datagrams(
        _ end: Iperf3Document.End,
        _ text: String
    ) throws(ProbeFailure) -> Iperf3Report.Datagrams? {
        // Only UDP summaries count packets. The receiver's numbers are in `sum`; those of `sum_sent` are zero.
        guard let sum = end.sum, let packets = sum.packets else { return nil }
        guard let jitter = sum.jitterMilliseconds, let lost = sum.lostPackets else {
            throw rubbish("its UDP summary has no jitter or loss", text)
        }
        guard packets > 0 else { return .init(jitterSeconds: jitter / 1_000, loss: 0) }
        // Datagrams that overtake others can make the count of lost ones negative for a moment.
        return .init(jitterSeconds: jitter / 1_000, loss: min(max(lost / packets, 0), 1))
    }

    private static func rubbish(_ what: String, _ text: String) -> ProbeFailure {
        ProbeFailure(
            .rubbish,
            "iperf3 is not understood: \(what); run it by hand to see what it does; its output is kept as an "
                + "artifact",
            words: text
        )
    }
}
