import Contract
import Quantities

@testable import Probes

/// Addresses and short probes for tests on the loopback interface.
enum Loopback {
    static func address(_ family: IPAddress.Family = .ipv4) throws -> IPAddress {
        try IPAddress(parsing: family == .ipv4 ? "127.0.0.1" : "::1")
    }

    static func probe(
        _ transport: Transport = .tcp,
        _ pattern: TrafficPattern = .requestResponse,
        family: IPAddress.Family = .ipv4,
        port: UInt16 = 1,
        size: Int = 64,
        milliseconds: UInt64 = 60,
        rate: Double? = nil,
        timeoutMilliseconds: UInt64 = 1_000
    ) throws -> LatencyProbe {
        LatencyProbe(
            transport: transport,
            pattern: pattern,
            target: try address(family),
            port: port,
            messageSize: size,
            durationNanoseconds: milliseconds * 1_000_000,
            warmUpNanoseconds: 5_000_000,
            ratePerSecond: rate,
            timeoutNanoseconds: timeoutMilliseconds * 1_000_000
        )
    }
}
