import Contract

/// What the work cost in processor time of both ends, by amount of work.
enum ProcessorCost {
    /// All that is worked out here: of several pairs it is worked out anew from their totals.
    static let metrics = [
        ProbeMetrics.cpuPerGibibyte, ProbeMetrics.cpuPerKilotransaction, ProbeMetrics.cpuPerKilopacket,
    ]

    private static let gibibyte = 1_073_741_824.0

    /// Seconds per GiB where bytes were moved, seconds per 1,000 transactions or datagrams where those were counted.
    static func samples(for measurement: Measurement) -> [Sample] {
        guard let client = measurement.value(of: ProbeMetrics.cpuClient.name),
            let server = measurement.value(of: ProbeMetrics.cpuServer.name)
        else { return [] }
        let seconds = client + server
        if let transactions = measurement.value(of: ProbeMetrics.transactions.name), transactions > 0 {
            return [.init(metric: ProbeMetrics.cpuPerKilotransaction.name, value: seconds / (transactions / 1000))]
        }
        if let packets = measurement.value(of: ProbeMetrics.packets.name), packets > 0 {
            return [.init(metric: ProbeMetrics.cpuPerKilopacket.name, value: seconds / (packets / 1000))]
        }
        if let bytes = measurement.value(of: ProbeMetrics.bytes.name), bytes > 0 {
            return [.init(metric: ProbeMetrics.cpuPerGibibyte.name, value: seconds / (bytes / gibibyte))]
        }
        return []
    }
}
