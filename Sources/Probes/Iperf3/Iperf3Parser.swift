import Contract
import JSON

/// Reads iperf3's JSON; pure.
public enum Iperf3Parser {
    /// The report in what `iperf3 -c … -J` printed.
    ///
    /// iperf3 prints its errors as JSON on standard output, and then exits with 1. Anything that is not a whole report
    /// or an error object is `rubbish`; the text itself is kept with the failure.
    public static func parse(_ text: String) throws(ProbeFailure) -> Iperf3Report {
        try report(in: Iperf3Output(text).report, text)
    }

    /// The report in an object; `text` is all that iperf3 printed, for failures.
    static func report(in object: JSONNode, _ text: String) throws(ProbeFailure) -> Iperf3Report {
        if let error = error(in: object) { throw failure(error, text) }
        guard let end = object["end"], case .object = end.value else {
            throw Iperf3Output.rubbish("its report has no end", text)
        }
        guard let sent = end["sum_sent"] ?? end["sum"], let utilisation = end["cpu_utilization_percent"] else {
            throw Iperf3Output.rubbish("its report has no summary", text)
        }
        // Old versions have only `sum` for UDP, which holds what was sent: nothing says what arrived.
        guard let received = end["sum_received"] else {
            throw Iperf3Output.rubbish(
                "it does not say what arrived (sum_received is missing), as newer versions do", text)
        }
        let report: Iperf3Report
        do throws(JSONError) {
            let sums = (sent: try sum(sent), received: try sum(received))
            let datagrams = try datagrams(end, loss: loss(sums.sent, sums.received))
            let reverse = try end["sum_sent_bidir_reverse"].map { (sent) throws(JSONError) in
                Iperf3Report.Way(
                    sent: try sum(sent), received: try sum(end.required("sum_received_bidir_reverse")))
            }
            let again = try end["sum_sent_bidir_reverse"]?["retransmits"]?.number() ?? 0
            report = Iperf3Report(
                version: (try? object["start"]?["version"]?.text()).flatMap { ProbeTool.version(in: $0) } ?? "unknown",
                sent: sums.sent,
                received: sums.received,
                reverse: reverse,
                retransmits: datagrams == nil
                    ? try sent["retransmits"].map { (node) throws(JSONError) in try node.number() + again } : nil,
                clientLoad: try utilisation.required("host_total").number() / 100,
                serverLoad: try utilisation.required("remote_total").number() / 100,
                datagrams: datagrams
            )
        } catch {
            throw Iperf3Output.rubbish("in its summary, \(error)", text)
        }
        guard isSomething(report) else { throw nothing(text) }
        if let reason = Iperf3Check.reason(report) { throw contradiction(reason, text) }
        return report
    }

    /// The failure of a report that cannot be believed.
    static func contradiction(_ reason: String, _ text: String) -> ProbeFailure {
        ProbeFailure(
            .contradictory,
            "the report of iperf3 cannot be believed: \(reason); its output is kept as an artifact",
            words: text
        )
    }

    /// What did not arrive of what was sent.
    static func loss(_ sent: Iperf3Report.Sum, _ received: Iperf3Report.Sum) -> Double {
        // The ends count from slightly different moments after `omit`, so a little more can arrive than was sent.
        min(max(1 - received.bytes / sent.bytes, 0), 1)
    }

    /// The words of the error object in what an iperf3 printed, when there is one.
    static func toolError(_ text: String) -> String? {
        guard let output = try? Iperf3Output(text) else { return nil }
        return error(in: output.report)
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

    private static func error(in object: JSONNode) -> String? {
        guard case .string(let words)? = object["error"]?.value else { return nil }
        return words
    }

    private static func sum(_ node: JSONNode) throws(JSONError) -> Iperf3Report.Sum {
        Iperf3Report.Sum(
            seconds: try node.required("seconds").number(),
            bytes: try node.required("bytes").number(),
            bitsPerSecond: try node.required("bits_per_second").number()
        )
    }

    /// Only UDP summaries count packets; the jitter is the receiver's, which older versions write into `sum`.
    private static func datagrams(_ end: JSONNode, loss: Double) throws(JSONError) -> Iperf3Report.Datagrams? {
        guard let packets = end["sum_sent"]?["packets"] ?? end["sum"]?["packets"] else { return nil }
        let received = try end.required("sum_received")
        // Where there is no sum_sent, the sum that stands for it holds what was received.
        _ = try end.required("sum_sent")
        guard let jitter = received["jitter_ms"] ?? end["sum"]?["jitter_ms"] else {
            throw JSONError("expected the member \"jitter_ms\", found nothing", at: received.position)
        }
        return Iperf3Report.Datagrams(
            jitterSeconds: try jitter.number() / 1_000,
            loss: loss,
            sent: try packets.number(),
            gaps: try received["lost_packets"]?.number()
        )
    }

    private static func isSomething(_ report: Iperf3Report) -> Bool {
        let moved = [
            report.received.bytes, report.received.bitsPerSecond, report.sent.bytes, report.sent.seconds,
            report.datagrams?.sent ?? 1, report.reverse?.received.bytes ?? 1,
        ]
        return !moved.contains(0)
    }

    private static func nothing(_ text: String) -> ProbeFailure {
        ProbeFailure(
            .timedOut,
            "iperf3 transferred nothing; see that data packets pass, not only those of its control connection",
            words: text
        )
    }
}
