import Contract

/// Whether a report agrees with itself and with what was asked for; pure.
enum Iperf3Check {
    /// How much longer the receiver may count than it was asked to: it learns of the end over a path that may be full.
    private static let receiverSlack = 5.0
    /// By how much more may arrive than was sent: the ends look at their counters at slightly different moments.
    private static let arrivalTolerance = 0.05
    /// What can lie in the buffers of both ends when an omitted part ends.
    private static let socketBuffers = 64.0 * 1_048_576

    /// Why the report cannot be believed whatever was asked for, or nil.
    static func reason(_ report: Iperf3Report) -> String? {
        Plausibility.rate("sent", report.sent.bitsPerSecond, bytes: report.sent.bytes, seconds: report.sent.seconds)
            ?? Plausibility.rate(
                "received", report.received.bitsPerSecond, bytes: report.received.bytes,
                seconds: report.received.seconds)
            ?? report.reverse.flatMap { reverse in
                Plausibility.rate(
                    "sent back", reverse.sent.bitsPerSecond, bytes: reverse.sent.bytes, seconds: reverse.sent.seconds)
                    ?? Plausibility.rate(
                        "received back", reverse.received.bitsPerSecond, bytes: reverse.received.bytes,
                        seconds: reverse.received.seconds)
            }
            ?? report.retransmits.flatMap {
                Plausibility.count("retransmits", $0, seconds: report.sent.seconds)
            }
            ?? datagrams(report)
            ?? Plausibility.amount("the client's CPU time over wall time", report.clientLoad)
            ?? Plausibility.amount("the server's CPU time over wall time", report.serverLoad)
    }

    /// Why the report cannot be one of this test, or nil.
    static func reason(_ report: Iperf3Report, _ probe: Iperf3Probe) -> String? {
        let asked = Double(probe.seconds)
        guard (report.reverse != nil) == (probe.direction == .both) else {
            return "it speaks of streams in \(report.reverse == nil ? "one direction" : "both directions")"
        }
        return Plausibility.duration(report.sent.seconds, asked: asked)
            ?? Plausibility.duration(report.received.seconds, asked: asked, slack: receiverSlack)
            ?? arrival(sent: report.sent, received: report.received, probe)
            ?? report.reverse.flatMap { arrival(sent: $0.sent, received: $0.received, probe) }
            ?? gaps(report, probe)
            ?? load("client", report.clientLoad, probe)
            ?? load("server", report.serverLoad, probe)
    }

    private static func datagrams(_ report: Iperf3Report) -> String? {
        guard let datagrams = report.datagrams else { return nil }
        if let reason = Plausibility.count("datagrams", datagrams.sent, seconds: report.sent.seconds)
            ?? Plausibility.amount("the jitter", datagrams.jitterSeconds)
        {
            return reason
        }
        guard datagrams.jitterSeconds > report.received.seconds else { return nil }
        return "it says that the transit time varied by \(Plausibility.text(datagrams.jitterSeconds)) s in "
            + "\(Plausibility.text(report.received.seconds)) s"
    }

    /// No more arrives than was sent; after an omitted part, what was under way at its end comes on top.
    private static func arrival(
        sent: Iperf3Report.Sum, received: Iperf3Report.Sum, _ probe: Iperf3Probe
    ) -> String? {
        let (asked, omitted) = (Double(probe.seconds), Double(probe.omitSeconds))
        var most = sent.bytes * (asked + omitted) / asked * (1 + arrivalTolerance)
        if omitted > 0 { most += socketBuffers }
        guard received.bytes > most else { return nil }
        return "it says that \(Plausibility.text(received.bytes)) bytes arrived, and that "
            + "\(Plausibility.text(sent.bytes)) were sent"
    }

    /// No more is lost than was sent; gaps of an omitted part are counted among the others.
    private static func gaps(_ report: Iperf3Report, _ probe: Iperf3Probe) -> String? {
        guard let datagrams = report.datagrams, let gaps = datagrams.gaps, probe.omitSeconds == 0, gaps > datagrams.sent
        else { return nil }
        return "it says that \(Plausibility.text(gaps)) datagrams were lost, and that "
            + "\(Plausibility.text(datagrams.sent)) were sent"
    }

    /// An end has a thread for each stream and one more, and no thread is on two processors at once.
    private static func load(_ end: String, _ load: Double, _ probe: Iperf3Probe) -> String? {
        let streams = probe.direction == .both ? probe.streams * 2 : probe.streams
        return load <= Double(streams + 1) * 1.25
            ? nil : "it says that the \(end) used \(Plausibility.text(load)) processors for \(streams) streams"
    }
}
