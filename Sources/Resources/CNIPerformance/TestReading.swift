import Contract
import Quantities

extension CNIPerformance.Test {
    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: TestReading.Key.self) else { return nil }
        guard let test = TestReading(keyed: keyed).read() else { return nil }
        self = test
    }
}

/// Reads one test, and holds it to what its tool can do.
struct TestReading {
    typealias Performance = CNIPerformance

    enum Key: String, CaseIterable {
        case name
        case tool
        case transport = "protocol"
        case pattern
        case streams
        case connections
        case burst
        case direction
        case rate
        case messageSize
        case segmentSize = "mss"
        case load
        case duration
        case omit
        case processors
        case timeout
        case lossBelow
    }

    let keyed: KeyedReader<Key>

    func read() -> Performance.Test? {
        let name = keyed.require(.name, NodeReader.nameExpectation(maximumLength: 20)) { $0.name() }
        let tool = required(.tool, Performance.Tool.self)
        let transport = required(.transport, Transport.self)
        let namedPattern = keyed[.pattern]?.choice(TrafficPattern.self)
        let streams = keyed.read(.streams, default: 1) { $0.integer(in: 1...128) }
        let connections = keyed.read(.connections, default: 1) { $0.integer(in: 1...LatencyProbe.mostConnections) }
        let burst = keyed.read(.burst, default: 1) { $0.integer(in: 1...LatencyProbe.largestBurst) }
        let direction = keyed[.direction]?.choice(StreamDirection.self)
        if let tool, tool != .iperf3 {
            keyed[.direction]?.fail("only streams of tool: iperf3 have a direction; remove this key")
        } else if let direction, direction != .up, transport == .udp {
            keyed[.direction]?.fail("over udp the client sends, found \(direction.rawValue); use protocol: tcp")
        }
        let sizes = keyed[.messageSize].map(messageSizes) ?? []
        let segmentSizes = segmentSizes(tool, transport)
        let load = keyed[.load].flatMap(Performance.Load.init)
        let duration = keyed.require(.duration, TimeSpan.expectation) { $0.quantity(TimeSpan.self) }
        let omit = keyed[.omit]?.quantity(TimeSpan.self)
        let processors = keyed[.processors]?.choice(Performance.Processors.self)
        let timeout = keyed[.timeout]?.quantity(in: TimeSpan.milliseconds(1)...TimeSpan.minutes(1))
        let lossBelow = keyed[.lossBelow]?.quantity(in: Self.losses)
        guard let tool else { return nil }

        let rules = ToolRules(tool)
        let pattern = keyed[.pattern] == nil ? rules.defaultPattern : namedPattern
        checkPattern(pattern, transport, rules)
        checkTimes(duration: duration, omit: omit, rules)
        if let pattern, rules.patterns.contains(pattern) { checkSizes(sizes, pattern, transport) }
        let rates = rates(pattern, transport, rules)
        if pattern == .openLoop {
            checkOpenLoop(sizes, transport, rates, timeout: timeout ?? rules.defaultTimeout)
        }
        checkConcurrency(connections, burst, tool, transport, pattern, sizes)
        if let streams, !rules.streams.contains(streams) {
            keyed[.streams]?.fail(
                "tool: \(tool.rawValue) runs one stream at a time, found \(streams); use tool: iperf3")
        }
        if tool != .latency {
            keyed[.load]?.fail("a load runs beside round trips of tool: latency; remove this key, or measure those")
        }
        checkPackets(sizes, pattern, transport, duration: duration, lossBelow: lossBelow, rules)
        if rules.defaultTimeout == nil {
            keyed[.timeout]?.fail("only tool: latency waits for single responses; remove this key")
        }
        guard let name, let transport, let streams, let connections, let burst, let duration else { return nil }
        return Performance.Test(
            name: name,
            tool: tool,
            transport: transport,
            pattern: pattern,
            streams: streams,
            connections: connections,
            burst: burst,
            direction: direction,
            rates: rates,
            messageSizes: sizes,
            segmentSizes: segmentSizes,
            load: load,
            duration: duration,
            omit: omit,
            processors: processors,
            timeout: timeout ?? rules.defaultTimeout,
            lossBelow: lossBelow
        )
    }

    private func required<Choice: CaseIterable & RawRepresentable<String>>(
        _ key: Key,
        _ type: Choice.Type
    ) -> Choice? {
        keyed.require(key, NodeReader.expectation(of: type.allCases.map(\.rawValue))) { $0.choice(type) }
    }

    private func messageSizes(_ reader: NodeReader) -> [ByteCount] {
        quantities(reader, "message sizes", in: ByteCount(bytes: 1)...ByteCount(bytes: 64 << 10))
    }

    private func segmentSizes(_ tool: Performance.Tool?, _ transport: Transport?) -> [ByteCount] {
        guard let reader = keyed[.segmentSize] else { return [] }
        if let tool, tool != .iperf3 {
            reader.fail("only streams of tool: iperf3 have segments of a given size; remove this key")
        } else if transport == .udp {
            reader.fail("udp has no segments; use protocol: tcp")
        }
        let range = Iperf3Probe.segmentSizes
        return quantities(
            reader, "segment sizes",
            in: ByteCount(bytes: UInt64(range.lowerBound))...ByteCount(bytes: UInt64(range.upperBound)))
    }

    // One or a list of them.
    private func quantities<Value: Quantity & Comparable>(
        _ reader: NodeReader, _ words: String, in range: ClosedRange<Value>
    ) -> [Value] {
        guard case .list = reader.node.value else {
            let value: Value? = reader.quantity(in: range)
            return value.map { [$0] } ?? []
        }
        return (reader.list(words) ?? []).distinct { $0.quantity(in: range) }
    }

    private func checkPattern(_ pattern: TrafficPattern?, _ transport: Transport?, _ rules: ToolRules) {
        let choices = rules.patterns.map(\.rawValue).joined(separator: ", ")
        guard let pattern else {
            if keyed[.pattern] == nil {
                keyed.failMissing(.pattern, "tool: \(rules.tool.rawValue) needs a pattern: \(choices)")
            }
            return
        }
        if !rules.patterns.contains(pattern) {
            let others = ToolRules.tools(for: pattern).map { "tool: \($0.rawValue)" }.joined(separator: " or ")
            keyed[.pattern]?.fail(
                "tool: \(rules.tool.rawValue) does \(choices), not \(pattern.rawValue); use \(others)"
            )
        } else if pattern == .connectRequestClose, transport == .udp {
            keyed[.pattern]?.fail("connect-request-close needs connections, which udp has not; use protocol: tcp")
        } else if rules.tool == .netperf, transport == .udp, pattern != .requestResponse {
            keyed[.pattern]?.fail(
                "netperf is used over udp for request-response only, found \(pattern.rawValue); "
                    + "use protocol: tcp, or tool: iperf3"
            )
        }
    }

    private func checkTimes(duration: TimeSpan?, omit: TimeSpan?, _ rules: ToolRules) {
        check(duration, .duration, within: rules.durations, rules)
        guard let omissions = rules.omissions else {
            keyed[.omit]?.fail("tool: \(rules.tool.rawValue) cannot discard its beginning; remove this key")
            return
        }
        check(omit, .omit, within: omissions, rules)
    }

    private func check(_ time: TimeSpan?, _ key: Key, within range: ClosedRange<TimeSpan>, _ rules: ToolRules) {
        guard let time, let reader = keyed[key] else { return }
        let isWhole = time.nanoseconds.isMultiple(of: TimeSpan.seconds(1).nanoseconds)
        if !range.contains(time) || rules.wholeSeconds && !isWhole {
            let unit = rules.wholeSeconds ? "whole seconds, " : ""
            reader.fail(
                "tool: \(rules.tool.rawValue) takes \(unit)\(range.lowerBound) to \(range.upperBound), found \(time)"
            )
        }
    }

    private func checkSizes(
        _ sizes: [ByteCount],
        _ pattern: TrafficPattern,
        _ transport: Transport?
    ) {
        guard pattern.hasMessages else {
            keyed[.messageSize]?.fail("a stream has no messages; remove this key")
            return
        }
        if keyed[.messageSize] == nil {
            keyed.failMissing(.messageSize, "\(pattern.rawValue) needs a message size, such as 64B, or a list of them")
        }
        let largest = ByteCount(bytes: 65_507)
        if transport == .udp, let tooLarge = sizes.first(where: { $0 > largest }) {
            keyed[.messageSize]?.fail("a UDP datagram carries at most \(largest), found \(tooLarge)")
        }
    }

    private func rates(
        _ pattern: TrafficPattern?,
        _ transport: Transport?,
        _ rules: ToolRules
    ) -> [Performance.Rate] {
        guard let pattern, rules.patterns.contains(pattern) else { return [] }
        switch (rules.tool, pattern) {
        case (.packets, _):
            let way = pattern == .highestRate ? "finds its rates itself" : "goes as fast as it can"
            keyed[.rate]?.fail("\(pattern.rawValue) \(way); remove this key")
        case (.iperf3, _):
            if let reader = keyed[.rate] {
                let range = BitRate(bitsPerSecond: 1_000)...BitRate(bitsPerSecond: 1e12)
                return quantities(reader, "bit rates", in: range).map { .bits($0) }
            }
            if transport == .udp {
                keyed.failMissing(.rate, "a UDP stream needs a rate, such as 100Mbit, as nothing else limits it")
            }
        case (_, .openLoop):
            let expectation = EventRate.expectation
            let range = EventRate(perSecond: 1.0 / 60)...EventRate(perSecond: 1e6)
            let rates = keyed.require(.rate, expectation) { quantities($0, "rates of requests", in: range) }
            return rates?.map { .events($0) } ?? []
        default:
            keyed[.rate]?.fail(
                "\(pattern.rawValue) with tool: \(rules.tool.rawValue) goes as fast as it can; remove this key"
            )
        }
        return []
    }
}
