import Contract
import ServiceLab
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
        let service = number ?? generator.index(below: table.probe.services)
        let endpoint = table.probe.mode == .none ? generator.index(below: table.probe.endpoints) : 0
        return table.target(service, endpoint: endpoint)
    }
}
