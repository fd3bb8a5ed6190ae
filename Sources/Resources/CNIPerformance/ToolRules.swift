import Contract
import Quantities

/// What a tool can do, and how long it can do it.
struct ToolRules {
    let tool: CNIPerformance.Tool
    let patterns: [TrafficPattern]
    /// What the tool does when no pattern is named.
    let defaultPattern: TrafficPattern?
    let streams: ClosedRange<Int>
    let durations: ClosedRange<TimeSpan>
    /// How much may be discarded before; nil where the tool cannot discard.
    let omissions: ClosedRange<TimeSpan>?
    /// Whether the tool counts its time in whole seconds only.
    let wholeSeconds: Bool
    let defaultTimeout: TimeSpan?

    init(_ tool: CNIPerformance.Tool) {
        self.tool = tool
        switch tool {
        case .iperf3:
            patterns = [.stream]
            defaultPattern = .stream
            streams = 1...128
            durations = .seconds(1) ... .minutes(60)
            // The agent refuses more.
            omissions = .seconds(1) ... .minutes(1)
            wholeSeconds = true
            defaultTimeout = nil
        case .latency:
            patterns = [.requestResponse, .connectRequestClose, .openLoop]
            defaultPattern = nil
            streams = 1...1
            durations = .milliseconds(1) ... .minutes(60)
            omissions = TimeSpan.zero ... .minutes(10)
            wholeSeconds = false
            defaultTimeout = .seconds(1)
        case .netperf:
            patterns = [.stream, .requestResponse, .connectRequestClose]
            defaultPattern = nil
            streams = 1...1
            durations = .seconds(1) ... .minutes(60)
            omissions = nil
            wholeSeconds = true
            defaultTimeout = nil
        case .packets:
            patterns = [.flood, .highestRate]
            defaultPattern = nil
            streams = 1...1
            durations = .milliseconds(10) ... .minutes(10)
            omissions = TimeSpan.zero ... .minutes(10)
            wholeSeconds = false
            defaultTimeout = nil
        }
    }

    /// The other tools that can do a pattern.
    static func tools(for pattern: TrafficPattern) -> [CNIPerformance.Tool] {
        CNIPerformance.Tool.allCases.filter { ToolRules($0).patterns.contains(pattern) }
    }
}

extension TrafficPattern {
    /// Whether messages of a given size are sent, rather than a stream.
    var hasMessages: Bool { self != .stream }

    /// Ends that wait for each other share a processor; ends that work at once do not.
    ///
    /// From 3.16 on iperf3 has a thread for each stream; on one processor they would be no faster than one.
    func defaultProcessors(streams: Int) -> CNIPerformance.Processors {
        switch self {
        case .requestResponse, .connectRequestClose: .same
        case .stream: streams > 1 ? .any : .distinct
        case .openLoop, .flood, .highestRate: .distinct
        }
    }
}
