import Contract
import ServiceProxies
import Statistics

/// Which service the next connection goes to: always the same, or each time another one.
struct TargetChoice {
    private let table: ServiceTable
    private let number: Int?
    private var generator: SeededGenerator

    init(_ table: ServiceTable, _ position: ServicePosition, seed: UInt64) {
        self.table = table
        number = table.fixedNumber(at: position)
        generator = SeededGenerator(seed: seed)
    }

    /// The next target; without a proxy also another endpoint each time.
    mutating func next() -> ServiceTable.Target {
        let service = number ?? Int.random(in: 0..<table.probe.services, using: &generator)
        let endpoint = table.probe.mode == .none ? Int.random(in: 0..<table.probe.endpoints, using: &generator) : 0
        return table.target(service, endpoint: endpoint)
    }
}
