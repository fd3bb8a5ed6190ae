import Statistics
import Watches

/// How well, how soon and at what cost faults are found, in a model network with faults that are known.
struct DetectorTopic {
    let options: Options

    /// Each fault is put in so often at least.
    private var times: Int { max(options.blocks, 20) }
    private static let usual = 200
    private static let large = 5_000

    func run() async throws {
        let watch = SimulatedWatch(nodes: Self.usual, seed: options.seed)
        try confusion(watch)
        try pairs(watch)
        try sizes()
        try quiet(watch)
    }

    private func confusion(_ watch: SimulatedWatch) throws {
        var random = SeededGenerator(seed: options.seed)
        var rows: [(title: String, score: FaultScore)] = []
        for kind in InjectedFault.all {
            var score = FaultScore()
            for _ in 0..<times {
                try Task.checkCancellation()
                let fault = kind.make(watch.map, &random)
                let result = watch.findings(of: [fault], seed: random.next())
                score.take([fault.cause], found: result.found, since: result.since, on: watch.map)
            }
            rows.append((kind.title, score))
        }
        ConfusionTable(
            title: "What was found of known faults, \(watch.map.nodes.count) nodes, 10 neighbours each",
            notes: [
                "Right: kind and place. Beside it: findings of no fault. A check every \(Figure.text(watch.period)) s, "
                    + "windows of \(Figure.text(watch.window)) s."
            ], rows: rows, window: watch.window
        ).print()
    }

    private func pairs(_ watch: SimulatedWatch) throws {
        var random = SeededGenerator(seed: options.seed &+ 1)
        var score = FaultScore()
        for _ in 0..<times * 6 {
            try Task.checkCancellation()
            let kinds = random.shuffled(InjectedFault.all)
            let faults = kinds.prefix(2).map { $0.make(watch.map, &random) }
            let result = watch.findings(of: faults, seed: random.next())
            score.take(faults.map(\.cause), found: result.found, since: result.since, on: watch.map)
        }
        ConfusionTable.pairs("Two faults at once, \(Self.usual) nodes", score).print()
    }

    /// Time to detect, and the cost of analysis, by number of nodes and period.
    private func sizes() throws {
        var table = MarkdownTable(
            "Time to detect and cost of analysis, 10 neighbours each",
            columns: [
                "nodes, period", "checks", "n", "right", "median s", "longest s", "quiet window s", "faulty window s",
            ],
            notes: ["From a fault's beginning, at any moment of a window, until it is a finding (2 of 3 windows)."])
        for (nodes, period, window) in [
            (20, 0.5, 5.0), (200, 0.1, 1.0), (200, 0.5, 5.0), (200, 2.0, 20.0), (1_000, 0.5, 5.0),
            (Self.large, 0.5, 5.0),
        ] {
            let watch = SimulatedWatch(nodes: nodes, period: period, window: window, seed: options.seed)
            var random = SeededGenerator(seed: options.seed &+ 2)
            var score = FaultScore()
            for index in 0..<(nodes >= Self.large ? 14 : 28) {
                try Task.checkCancellation()
                let fault = InjectedFault.all[index % InjectedFault.all.count].make(watch.map, &random)
                let result = watch.findings(of: [fault], seed: random.next())
                score.take([fault.cause], found: result.found, since: result.since, on: watch.map)
            }
            let delays = score.delays.map { $0 * window }
            let faults = InjectedFault.all.map { $0.make(watch.map, &random) }
            table.add([
                "\(nodes), \(Figure.text(period)) s", "\(watch.map.checks.count)", "\(score.injected)",
                Figure.percent(score.rightShare), Figure.text(Descriptive.median(delays)), Figure.text(delays.max()),
                Figure.text(watch.cost(of: [], windows: 4, seed: 1).median),
                Figure.text(watch.cost(of: Array(faults.prefix(4)), windows: 4, seed: 1).median),
            ])
        }
        table.print()
    }

    private func quiet(_ watch: SimulatedWatch) throws {
        let windows = Int(3_600 / watch.window)
        let alarms = watch.falseAlarms(windows: windows, seed: options.seed)
        var table = MarkdownTable(
            "False alarms where nothing is wrong, \(Self.usual) nodes", columns: ["", "hours", "findings"],
            notes: ["One packet in 10,000 is lost, and one in 500 is up to 20 ms late."])
        table.add(["model network", Figure.text(Double(windows) * watch.window / 3_600), "\(alarms)"])
        table.print()
    }
}
