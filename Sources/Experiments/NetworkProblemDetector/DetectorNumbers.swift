import Contract
import Watches

/// The numbers of a watch: over all of it, over its time, and by pair; pure.
struct DetectorNumbers: Sendable {
    let layout: DetectorLayout
    let byIndex: [[AgentWindow]]
    let lead: Double

    func samples(_ findings: [WatchFinding]) -> [Sample] {
        let windows = byIndex.flatMap(\.self)
        let checks = windows.flatMap(\.checks)
        let sent = checks.reduce(0) { $0 + $1.sent }
        let answered = checks.reduce(0) { $0 + $1.answered }
        func sample(_ metric: Metric, _ value: Double) -> Sample { Sample(metric: metric.name, value: value) }
        var samples = [
            sample(DetectorMetrics.checks, Double(sent)), sample(DetectorMetrics.findings, Double(findings.count)),
        ]
        if sent > 0 { samples.append(sample(DetectorMetrics.failures, Double(sent - answered) / Double(sent))) }
        let times = PairTimes.merged(checks.filter { layout.map.checks[$0.check].kind == .udp }.map(\.times))
        if let p50 = PairTimes.seconds(0.5, of: times), let p99 = PairTimes.seconds(0.99, of: times) {
            samples += [sample(DetectorMetrics.rttP50, p50), sample(DetectorMetrics.rttP99, p99)]
        }
        let delays = findings.map { Double($0.opened + 1 - $0.began) * layout.windowSeconds }
        if let longest = delays.max() { samples.append(sample(DetectorMetrics.delay, longest)) }
        if !windows.isEmpty {
            let processor = windows.reduce(0) { $0 + $1.processorSeconds } / Double(windows.count)
            samples += [
                sample(DetectorMetrics.processor, processor / layout.windowSeconds),
                sample(DetectorMetrics.memory, Double(windows.map(\.memoryBytes).max() ?? 0)),
                sample(DetectorMetrics.lateness, Double(windows.map(\.lateness).max() ?? 0) / 1e9),
            ]
        }
        return samples
    }

    /// Loss and round trips window by window, and what the agents cost.
    var series: [Series] {
        func points(_ value: ([AgentWindow]) -> Double?) -> [Series.Point] {
            byIndex.enumerated().map { index, windows in
                Series.Point(at: lead + (Double(index) + 0.5) * layout.windowSeconds, value: value(windows))
            }
        }
        return [
            Series(
                name: "failed checks", unit: "ratio",
                points: points { windows in
                    let sent = windows.flatMap(\.checks).reduce(0) { $0 + $1.sent }
                    let answered = windows.flatMap(\.checks).reduce(0) { $0 + $1.answered }
                    return sent > 0 ? Double(sent - answered) / Double(sent) : nil
                }),
            Series(
                name: "median round trip", unit: "s",
                points: points { windows in
                    let small = windows.flatMap(\.checks).filter { layout.map.checks[$0.check].kind == .udp }
                    return PairTimes.seconds(0.5, of: PairTimes.merged(small.map(\.times)))
                }),
        ]
    }

    /// What went from one place to another, all kinds of checks together.
    private struct PairSum {
        let source: Int
        let target: WatchMap.Target
        var sent = 0
        var answered = 0
        var times: [[Int]] = []
    }

    /// Every pair of places, in the order of the map.
    private var sums: [PairSum] {
        struct Key: Hashable {
            let source: Int
            let target: WatchMap.Target
        }
        var places: [Key: Int] = [:]
        var sums: [PairSum] = []
        for check in layout.map.checks {
            let key = Key(source: check.source, target: check.target)
            guard places[key] == nil else { continue }
            places[key] = sums.count
            sums.append(PairSum(source: check.source, target: check.target))
        }
        for counts in byIndex.flatMap(\.self).flatMap(\.checks) where layout.map.checks.indices.contains(counts.check) {
            let check = layout.map.checks[counts.check]
            guard let place = places[Key(source: check.source, target: check.target)] else { continue }
            sums[place].sent += counts.sent
            sums[place].answered += counts.answered
            if check.kind == .udp { sums[place].times.append(counts.times) }
        }
        return sums.filter { $0.sent > 0 }
    }

    private func names(of sum: PairSum) -> (source: String, target: String) {
        let target =
            switch sum.target {
            case .spot(let spot): layout.map.spots[spot].name
            case .service(let service): layout.map.services[service].name
            }
        return (layout.map.spots[sum.source].name, target)
    }

    /// Every pair of places with what was sent, what was lost and the median time.
    var pairs: String {
        let rows = sums.map { sum -> String in
            let (source, target) = names(of: sum)
            let time = PairTimes.seconds(0.5, of: PairTimes.merged(sum.times)).map { "\($0)" } ?? ""
            return "\(source),\(target),\(sum.sent),\(sum.sent - sum.answered),\(time)"
        }
        return (["source,target,sent,lost,median_seconds"] + rows.sorted()).joined(separator: "\n") + "\n"
    }

    /// The same to be drawn: the part that was lost, and the median time.
    var pairTables: [PairTable] {
        let sums = sums
        let lost = sums.map { sum in
            let (source, target) = names(of: sum)
            return PairTable.Entry(
                source: source, destination: target, value: Double(sum.sent - sum.answered) / Double(sum.sent))
        }
        let times = sums.compactMap { sum -> PairTable.Entry? in
            let (source, target) = names(of: sum)
            return PairTimes.seconds(0.5, of: PairTimes.merged(sum.times)).map {
                PairTable.Entry(source: source, destination: target, value: $0)
            }
        }
        return [
            PairTable(name: "failed checks", unit: "ratio", entries: lost),
            PairTable(name: "median round trip", unit: "s", entries: times),
        ].filter { !$0.entries.isEmpty }
    }
}
