/// The catalogue of what probes measure; SI base units, which reports scale.
public enum ProbeMetrics {
    /// Payload that arrived per second.
    public static let throughput = judged(MetricID("throughput"), "bit/s", .higher, 0.10, "payload received per second")
    /// TCP segments that were sent again.
    public static let retransmits = plain(MetricID("retransmits"), "count", .lower, "TCP segments sent again")
    /// Datagrams that did not arrive.
    public static let loss = plain(MetricID("loss"), "ratio", .lower, "share of datagrams that did not arrive")
    /// RFC 3550's smoothed variation of the transit time.
    public static let jitter = plain(MetricID("jitter"), "s", .lower, "variation of the transit time (RFC 3550)")
    /// Single time-outs; the whole distribution is the histogram of this name, in nanoseconds.
    public static let latency = plain(MetricID("latency"), "s", .lower, "round trip of one transaction")
    /// Half of all transactions took at most this.
    public static let latencyP50 = judged(MetricID("latency", percentile: 50), "s", .lower, 0.05, "round trip, median")
    /// 90 % of all transactions took at most this.
    public static let latencyP90 = plain(
        MetricID("latency", percentile: 90), "s", .lower, "round trip, 90th percentile")
    /// 99 % of all transactions took at most this.
    public static let latencyP99 = judged(
        MetricID("latency", percentile: 99), "s", .lower, 0.25, "round trip, 99th percentile")
    /// 99.9 % of all transactions took at most this.
    public static let latencyP999 = plain(
        MetricID("latency", percentile: 99.9), "s", .lower, "round trip, 99.9th percentile")
    /// Finished transactions per second of the measured interval.
    ///
    /// Not judged: in a closed loop it is the reciprocal of the mean latency, and a question asked twice would only
    /// make Holm's correction stricter for the others.
    public static let transactionRate = plain(
        MetricID("transaction_rate"), "1/s", .higher, "transactions finished per second"
    )
    /// Requests whose reply did not come in time.
    public static let timeouts = plain(MetricID("timeouts"), "count", .lower, "requests without a reply in time")
    /// User and system time of the client during the measured interval.
    public static let cpuClient = plain(MetricID("cpu", at: "client"), "s", .lower, "CPU time of the client")
    /// User and system time of the server during the measured interval.
    public static let cpuServer = plain(MetricID("cpu", at: "server"), "s", .lower, "CPU time of the server")
    /// Both ends' CPU time for a GiB of payload; computed from both ends by the experiment.
    public static let cpuPerGibibyte = judged(
        MetricID("cpu_per_gibibyte"), "s/GiB", .lower, 0.15, "CPU time of both ends per GiB")
    /// Both ends' CPU time for 1,000 transactions; computed from both ends by the experiment.
    public static let cpuPerKilotransaction = judged(
        MetricID("cpu_per_kilotransaction"), "s", .lower, 0.10, "CPU time of both ends per 1,000 transactions"
    )
    /// Finished transactions of the measured interval.
    public static let transactions = plain(MetricID("transactions"), "count", .neither, "transactions finished")
    /// Payload of the measured interval.
    public static let bytes = plain(MetricID("bytes"), "B", .neither, "payload received")
    /// Datagrams that arrived per second, of as many as went.
    public static let packetRate = judged(
        MetricID("packet_rate"), "1/s", .higher, 0.10, "datagrams received per second")
    /// Datagrams that left per second.
    public static let packetRateSent = plain(
        MetricID("packet_rate", at: "sent"), "1/s", .higher, "datagrams sent per second")
    /// The highest rate of datagrams that was found to lose less than the limit.
    public static let highestPacketRate = judged(
        MetricID("highest_packet_rate"), "1/s", .higher, 0.10, "highest rate of datagrams with loss below the limit")
    /// The lowest rate of datagrams that was found to lose more: with the one above, where the search ended.
    public static let lowestFailedPacketRate = plain(
        MetricID("lowest_failed_packet_rate"), "1/s", .higher, "lowest rate of datagrams that did not keep the limit")
    /// Steps that a search took.
    public static let searchSteps = plain(MetricID("search_steps"), "count", .neither, "steps of the search")
    /// Datagrams that arrived.
    public static let packets = plain(MetricID("packets"), "count", .neither, "datagrams received")
    /// Both ends' CPU time for 1,000 datagrams that arrived; computed from both ends by the experiment.
    ///
    /// Not judged: a sender that is always busy costs the reciprocal of the rate.
    public static let cpuPerKilopacket = plain(
        MetricID("cpu_per_kilopacket"), "s", .lower, "CPU time of both ends per 1,000 datagrams")
    /// CPU time of the busiest generator thread over wall time.
    public static let generatorLoad = plain(
        MetricID("generator_load"), "ratio", .neither, "CPU time over wall time of the generator")
    /// 1 when the generator and not the network was the limit.
    public static let generatorLimited = plain(
        MetricID("generator_limited"), "0/1", .neither, "the generator itself was the limit")
    /// How late requests of an open loop left.
    public static let sendLagP99 = plain(
        MetricID("send_lag", percentile: 99), "s", .neither, "delay of sends behind their schedule, p99")
    /// Requests of an open loop that left more than one period (at least 100 us) late.
    public static let missedSends = plain(
        MetricID("missed_sends"), "count", .neither, "sends more than one period late")

    /// Payload of the streams that ran beside what was measured.
    public static func loadThroughput(_ direction: StreamDirection) -> Metric {
        plain(
            MetricID("load_throughput", at: direction.rawValue), "bit/s", .higher,
            "payload of the load per second, \(words(direction))")
    }

    /// One way's part of the throughput of streams in both directions.
    public static func streamThroughput(_ direction: StreamDirection) -> Metric {
        plain(
            MetricID("throughput", at: direction.rawValue), "bit/s", .higher,
            "payload received per second, \(words(direction))")
    }

    private static func words(_ direction: StreamDirection) -> String {
        switch direction {
        case .up: "from the client"
        case .down: "to the client"
        case .both: "in both directions"
        }
    }

    /// What one of several pairs carried, a sample a pair.
    public static let pairThroughput = plain(
        MetricID("pair_throughput"), "bit/s", .higher, "payload received per second by one pair")
    /// The transactions of one of several pairs, a sample a pair.
    public static let pairTransactionRate = plain(
        MetricID("pair_transaction_rate"), "1/s", .higher, "transactions of one pair finished per second")
    /// The datagrams of one of several pairs, a sample a pair.
    public static let pairPacketRate = plain(
        MetricID("pair_packet_rate"), "1/s", .higher, "datagrams of one pair received per second")
    /// Jain's index over what the pairs got: 1 when all got the same, 1/n when one of n got everything.
    public static let fairness = judged(
        MetricID("fairness"), "ratio", .higher, 0.05, "how evenly pairs shared (Jain's index)")
    /// How long after the moment that was agreed on a client of several began.
    public static let beginLag = plain(
        MetricID("begin_lag"), "s", .lower, "how late a client began that was to begin with others")

    /// Every metric, each name once.
    public static let all: [Metric] = [
        throughput, retransmits, loss, jitter, latency, latencyP50, latencyP90, latencyP99, latencyP999,
        transactionRate, timeouts, cpuClient, cpuServer, cpuPerGibibyte, cpuPerKilotransaction, transactions, bytes,
        packetRate, packetRateSent, highestPacketRate, lowestFailedPacketRate, searchSteps, packets, cpuPerKilopacket,
        generatorLoad, generatorLimited, sendLagP99, missedSends,
        loadThroughput(.up), loadThroughput(.down),
        streamThroughput(.up), streamThroughput(.down),
        pairThroughput, pairTransactionRate, pairPacketRate, fairness, beginLag,
    ]

    private static func judged(
        _ id: MetricID,
        _ unit: String,
        _ better: Direction,
        _ minimumRelevantChange: Double,
        _ description: String
    ) -> Metric {
        Metric(
            id,
            unit: unit,
            better: better,
            description: description,
            minimumRelevantChange: minimumRelevantChange,
            judged: true
        )
    }

    private static func plain(_ id: MetricID, _ unit: String, _ better: Direction, _ description: String) -> Metric {
        Metric(
            id,
            unit: unit,
            better: better,
            description: description,
            minimumRelevantChange: 0.05,
            judged: false
        )
    }
}
