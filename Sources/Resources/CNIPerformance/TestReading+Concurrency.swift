import Contract
import Quantities

extension TestReading {
    /// What goes together with several requests at once.
    func checkConcurrency(
        _ connections: Int?,
        _ burst: Int?,
        _ tool: Performance.Tool,
        _ transport: Transport?,
        _ pattern: TrafficPattern?,
        _ sizes: [ByteCount]
    ) {
        for (key, words) in [(Key.connections, "several connections"), (.burst, "several requests on a connection")] {
            if tool != .latency {
                keyed[key]?.fail("only tool: latency has \(words) at once; remove this key")
            } else if transport == .udp {
                keyed[key]?.fail("udp has no connections; remove this key, or use protocol: tcp")
            }
        }
        guard tool == .latency, transport == .tcp, let pattern, let connections, let burst else { return }
        if pattern == .openLoop {
            keyed[.connections]?.fail(
                "an open loop has one connection; remove this key, or use pattern: request-response")
        }
        if pattern != .requestResponse {
            keyed[.burst]?.fail(
                "\(pattern.rawValue) has no burst; remove this key, or use pattern: request-response")
        }
        let most = LatencyProbe.mostBytesUnderWay
        if let largest = sizes.max(), connections * burst * Int(largest.bytes) > most {
            (keyed[.connections] ?? keyed[.burst])?.fail(
                "\(ByteCount(bytes: UInt64(connections * burst) * largest.bytes)) would be under way at once, and at most "
                    + "\(ByteCount(bytes: UInt64(most))) may; use fewer connections, a smaller burst or smaller messages"
            )
        }
    }
}
