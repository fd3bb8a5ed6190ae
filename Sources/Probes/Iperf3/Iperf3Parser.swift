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
        // Old versions have only `sum` for UDP, which holds what was sent: nothing says what arrived.
        guard let received = end.received else {
            throw rubbish("it does not say what arrived (sum_received is missing), as newer versions do", text)
        }
        let datagrams = try datagrams(end, received, text)
        let report = Iperf3Report(
            version: document.start?.version.flatMap { ProbeTool.version(in: $0) } ?? "unknown",
            receivedBitsPerSecond: received.bitsPerSecond,
            receivedBytes: received.bytes,
            seconds: sent.seconds,
            retransmits: datagrams == nil ? sent.retransmits : nil,
            clientLoad: utilisation.host / 100,
            serverLoad: utilisation.remote / 100,
            datagrams: datagrams
        )
        guard report.receivedBytes > 0, report.receivedBitsPerSecond > 0, report.seconds > 0 else {
            throw nothing(text)
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

    /// Loss is what the receiver got of what the sender sent, in bytes, as all datagrams have one size.
    ///
    /// `lost_packets` counts only gaps before a datagram that arrived, and so nothing after the path died; with `omit`
    /// it also has those that were lost in the omitted part.
    private static func datagrams(
        _ end: Iperf3Document.End,
        _ received: Iperf3Document.Sum,
        _ text: String
    ) throws(ProbeFailure) -> Iperf3Report.Datagrams? {
        // Only UDP summaries count packets.
        guard let packets = end.sent?.packets ?? end.sum?.packets else { return nil }
        guard packets > 0 else { throw nothing(text) }
        guard let sent = end.sent, let jitter = received.jitterMilliseconds ?? end.sum?.jitterMilliseconds else {
            throw rubbish("its UDP summary has no jitter, or not what was sent", text)
        }
        guard sent.bytes > 0 else { throw nothing(text) }
        // The ends count from slightly different moments after `omit`, so a little more can arrive than was sent.
        return .init(jitterSeconds: jitter / 1_000, loss: min(max(1 - received.bytes / sent.bytes, 0), 1))
    }

    private static func nothing(_ text: String) -> ProbeFailure {
        ProbeFailure(
            .timedOut,
            "iperf3 transferred nothing; see that data packets pass, not only those of its control connection",
            words: text
        )
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
