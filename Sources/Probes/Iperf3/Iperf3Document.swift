/// The parts of iperf3's JSON that are used; names as in its output.
struct Iperf3Document: Decodable {
    struct Start: Decodable {
        let version: String?
    }

    struct Sum: Decodable {
        let seconds: Double
        let bytes: Double
        let bitsPerSecond: Double
        let retransmits: Double?
        let jitterMilliseconds: Double?
        let packets: Double?

        enum CodingKeys: String, CodingKey {
            case seconds, bytes, retransmits, packets
            case bitsPerSecond = "bits_per_second"
            case jitterMilliseconds = "jitter_ms"
        }
    }

    struct Utilisation: Decodable {
        let host: Double
        let remote: Double

        enum CodingKeys: String, CodingKey {
            case host = "host_total"
            case remote = "remote_total"
        }
    }

    struct End: Decodable {
        let sum: Sum?
        let sent: Sum?
        let received: Sum?
        let utilisation: Utilisation?

        enum CodingKeys: String, CodingKey {
            case sum
            case sent = "sum_sent"
            case received = "sum_received"
            case utilisation = "cpu_utilization_percent"
        }
    }

    let start: Start?
    let end: End?
    let error: String?
}
