import Statistics
import Watches

/// A model network and a watch over it that have learned what is usual; copies of both go on from there.
struct SimulatedWatch {
    let map: WatchMap
    /// Seconds from one attempt of a check to its next, and of a window.
    let period: Double
    let window: Double
    private var network: ModelNetwork
    private var watch: Watch
    private var index = 0

    /// Windows before any fault.
    private static let learning = 6
    /// Windows of a fault.
    private static let lasting = 5

    init(nodes: Int, degree: Int = 10, period: Double = 0.5, window: Double = 5, seed: UInt64) {
        self.period = period
        self.window = window
        map = WatchMap.mesh(
            nodes: nodes, degree: degree,
            services: [
                WatchMap.Service(name: "web", nodes: Array(0..<min(nodes, 10))),
                WatchMap.Service(name: "names", nodes: Array(0..<min(nodes, 2)), isResolver: true),
            ])
        network = ModelNetwork(map, attempts: max(1, Int(window / period)), seed: seed)
        watch = Watch(map)
        for _ in 0..<Self.learning { step([]) }
    }

    private mutating func step(_ faults: [ModelFault], after part: Double = 0) {
        watch.take(network.windows(at: index, seconds: window, faults: faults, after: part), index: index)
        index += 1
    }

    /// What is found while these faults last, from some moment of the next window on; this watch itself stays as it is.
    func findings(of faults: [ModelFault], seed: UInt64) -> (found: [WatchFinding], since: Double) {
        var copy = self
        copy.network.reseed(seed)
        let part = Double(seed % 10) / 10
        for number in 0..<Self.lasting { copy.step(faults, after: number == 0 ? part : 0) }
        return (copy.watch.findings, Double(index) + part)
    }

    /// How many findings there are in so many windows without a fault.
    func falseAlarms(windows: Int, seed: UInt64) -> Int {
        var copy = self
        copy.network.reseed(seed)
        for _ in 0..<windows { copy.step([]) }
        return copy.watch.findings.count
    }

    /// Seconds that the analysis of one window takes, with these faults.
    func cost(of faults: [ModelFault], windows: Int, seed: UInt64) -> Series {
        var copy = self
        copy.network.reseed(seed)
        var series = Series()
        for _ in 0..<windows {
            let reports = copy.network.windows(at: copy.index, seconds: window, faults: faults)
            let seconds = Stopwatch.seconds { copy.watch.take(reports, index: copy.index) }
            copy.index += 1
            series.append(seconds)
        }
        return series
    }
}
