public import Contract
public import Quantities

extension CNIPerformance {
    /// One measurement, made on every network, path, family and message size.
    public struct Test: Sendable, Equatable {
        /// The name in results and pictures.
        public var name: String
        /// What carries it.
        public var tool: Tool
        /// The transport protocol; `protocol` in YAML.
        public var transport: Transport
        /// Who sends what, and when; `stream` for iperf3.
        public var pattern: TrafficPattern?
        /// Parallel streams, 1 to 128; more than 1 with iperf3 only.
        public var streams: Int
        /// TCP connections that a latency probe uses at once, 1 to 4096.
        public var connections: Int
        /// Requests that it has under way on each of them at once, 1 to 64.
        public var burst: Int
        /// Who sends the streams of iperf3; nil is the client.
        public var direction: StreamDirection?
        /// The rates to send at: the levels of the factor `rate`; none means as fast as it goes.
        ///
        /// `rate` in YAML, one rate or a list.
        public var rates: [Rate]
        /// Sizes of request and response: the levels of the factor `messageSize`; empty for streams.
        ///
        /// `messageSize` in YAML, one size or a list.
        public var messageSizes: [ByteCount]
        /// The largest segments of TCP streams: the levels of the factor `mss`; empty is what the MTU allows.
        public var segmentSizes: [ByteCount]
        /// What runs beside it in half of the trials; nil where nothing ever does.
        public var load: Load?
        /// How long it is measured.
        public var duration: TimeSpan
        /// How long it runs before, with the results discarded; latency probes fall back to the spec's `warmUp`.
        public var omit: TimeSpan?
        /// On which processors the ends run.
        ///
        /// Unless said otherwise `same` for round trips, `any` for several streams and `distinct` for the rest.
        public var processors: Processors
        /// How long a latency probe waits for one response, 1s unless said otherwise; nil for other tools.
        public var timeout: TimeSpan?
        /// The loss that the rates of a `highest-rate` are held to; nil for other patterns.
        public var lossBelow: Ratio?

        /// Describes a test.
        public init(
            name: String,
            tool: Tool,
            transport: Transport,
            pattern: TrafficPattern? = nil,
            streams: Int = 1,
            connections: Int = 1,
            burst: Int = 1,
            direction: StreamDirection? = nil,
            rates: [Rate] = [],
            messageSizes: [ByteCount] = [],
            segmentSizes: [ByteCount] = [],
            load: Load? = nil,
            duration: TimeSpan,
            omit: TimeSpan? = nil,
            processors: Processors? = nil,
            timeout: TimeSpan? = nil,
            lossBelow: Ratio? = nil
        ) {
            self.name = name
            self.tool = tool
            self.transport = transport
            self.pattern = pattern
            self.streams = streams
            self.connections = connections
            self.burst = burst
            self.direction = direction
            self.rates = rates
            self.messageSizes = messageSizes
            self.segmentSizes = segmentSizes
            self.load = load
            self.duration = duration
            self.omit = omit
            self.processors = processors ?? pattern?.defaultProcessors(streams: streams) ?? .any
            self.timeout = timeout
            self.lossBelow = lossBelow
        }
    }

    /// A rate to send at.
    public enum Rate: Sendable, Hashable, CustomStringConvertible {
        /// Of a stream.
        case bits(BitRate)
        /// Of requests.
        case events(EventRate)

        /// The rate with its unit.
        public var description: String {
            switch self {
            case .bits(let rate): rate.description
            case .events(let rate): rate.description
            }
        }
    }
}

extension CNIPerformance.Test {
    var canonical: CanonicalValue {
        .object(present: [
            "name": .string(name),
            "tool": .string(tool.rawValue),
            "protocol": .string(transport.rawValue),
            "pattern": pattern.map { .string($0.rawValue) },
            "streams": .integer(streams),
            "connections": connections > 1 ? .integer(connections) : nil,
            "burst": burst > 1 ? .integer(burst) : nil,
            "direction": direction.map { .string($0.rawValue) },
            "rate": rates.isEmpty ? nil : rates.count == 1 ? .text(rates[0]) : .list(rates.map { .text($0) }),
            "messageSize": messageSizes.isEmpty ? nil : .list(messageSizes.map { .text($0) }),
            "mss": segmentSizes.isEmpty ? nil : .list(segmentSizes.map { .text($0) }),
            "load": load?.canonical,
            "duration": .text(duration),
            "omit": omit.map { .text($0) },
            "processors": .string(processors.rawValue),
            "timeout": timeout.map { .text($0) },
            "lossBelow": lossBelow.map { .text($0) },
        ])
    }
}
