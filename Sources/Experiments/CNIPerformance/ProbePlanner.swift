import Contract
import Quantities
import Resources

/// Turns a test of the resource into the plans of its server and its client.
struct ProbePlanner: Sendable {
    var cell: CNIPerformancePlan.Cell
    let warmUp: TimeSpan
    let deadline: Duration
    /// What random choices of both ends come from.
    let seed: UInt64

    /// The server's plan, on a port that is free, at one address of its place or at all.
    func server(at address: IPAddress?) -> ProbePlan {
        let probe: any Probe
        switch cell.test.tool {
        case .iperf3:
            probe = Iperf3Server(port: 0, address: address)
        case .netperf:
            probe = NetperfServer(port: 0, family: cell.family)
        case .packets:
            probe = PacketServer(family: cell.family, address: address, messageSize: messageSize)
        case .latency:
            probe = EchoServer(
                transport: cell.test.transport,
                family: cell.family,
                address: address,
                port: 0,
                closesAfterReply: cell.test.pattern == .connectRequestClose,
                messageSize: messageSize,
                connections: isConcurrent ? cell.test.connections : nil
            )
        }
        return ProbePlan(
            probe: probe,
            deadlineSeconds: (deadline + GracePeriods.server).seconds,
            processor: serverProcessor,
            seed: seed,
            cost: CostWindow(at: .server)
        )
    }

    /// The client's plan, against a server that listens.
    func client(target: IPAddress, port: UInt16, throughService isService: Bool = false) -> ProbePlan {
        let probe: any Probe
        switch cell.test.tool {
        case .iperf3:
            probe = Iperf3Probe(
                target: target,
                port: port,
                transport: cell.test.transport,
                streams: cell.test.streams,
                direction: cell.test.direction,
                seconds: Int(cell.test.duration.seconds),
                omitSeconds: Int(cell.test.omit?.seconds ?? 0),
                bitsPerSecond: bitsPerSecond,
                mss: cell.segmentSize.map { Int($0.bytes) }
            )
        case .netperf:
            probe = NetperfProbe(
                target: target,
                port: port,
                dataPort: isService ? ServerPorts.netperfData : nil,
                transport: cell.test.transport,
                pattern: cell.test.pattern ?? .stream,
                messageSize: messageSize,
                // netperf takes whole seconds.
                seconds: Int(cell.test.duration.seconds.rounded(.up))
            )
        case .packets:
            probe = PacketProbe(
                target: target,
                port: port,
                messageSize: messageSize,
                durationNanoseconds: UInt64(cell.test.duration.nanoseconds),
                warmUpNanoseconds: UInt64((cell.test.omit ?? warmUp).nanoseconds),
                lossBelow: cell.test.lossBelow?.fraction
            )
        case .latency:
            probe = LatencyProbe(
                transport: cell.test.transport,
                pattern: cell.test.pattern ?? .requestResponse,
                target: target,
                port: port,
                messageSize: messageSize,
                durationNanoseconds: UInt64(cell.test.duration.nanoseconds),
                warmUpNanoseconds: UInt64((cell.test.omit ?? warmUp).nanoseconds),
                ratePerSecond: eventsPerSecond,
                timeoutNanoseconds: UInt64((cell.test.timeout ?? .seconds(1)).nanoseconds),
                connections: isConcurrent ? cell.test.connections : nil,
                burst: isConcurrent ? cell.test.burst : nil
            )
        }
        return ProbePlan(
            probe: probe, deadlineSeconds: deadline.seconds, processor: clientProcessor, seed: seed,
            cost: CostWindow(at: .client, leadNanoseconds: leadNanoseconds))
    }

    /// What the client leaves out before it measures.
    private var leadNanoseconds: UInt64 {
        switch cell.test.tool {
        case .iperf3: UInt64(Int(cell.test.omit?.seconds ?? 0)) * 1_000_000_000
        case .netperf: 0
        case .latency, .packets: UInt64((cell.test.omit ?? warmUp).nanoseconds)
        }
    }

    /// The plan of what the streams beside a test go to, on a port that is free; nil where there are none.
    var loadServer: ProbePlan? {
        cell.load.map { _ in
            ProbePlan(
                probe: StreamServer(family: cell.family), deadlineSeconds: (deadline + GracePeriods.server).seconds,
                seed: seed)
        }
    }

    /// The plan of those streams.
    func load(_ load: CNIPerformance.Load, target: IPAddress, port: UInt16) -> ProbePlan {
        ProbePlan(
            probe: StreamLoad(target: target, port: port, streams: load.streams, direction: load.direction),
            deadlineSeconds: (deadline + GracePeriods.server).seconds, seed: seed)
    }

    private var clientProcessor: Int? { cell.test.processors == .any ? nil : 0 }

    private var serverProcessor: Int? {
        switch cell.test.processors {
        case .same: 0
        case .distinct: 1
        case .any: nil
        }
    }

    private var isConcurrent: Bool { cell.test.connections > 1 || cell.test.burst > 1 }

    private var messageSize: Int { Int(cell.messageSize?.bytes ?? 64) }

    private var bitsPerSecond: Double? {
        guard case .bits(let rate)? = cell.rate else { return nil }
        return rate.bitsPerSecond
    }

    private var eventsPerSecond: Double? {
        guard case .events(let rate)? = cell.rate else { return nil }
        return rate.perSecond
    }
}

extension Duration {
    /// Seconds with a fraction, as plans of probes have them.
    fileprivate var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
