/// How fast packets leave, counted on the link: with their Ethernet headers.
public struct LinkRate: Codable, Sendable, Hashable {
    /// The rate in bit/s, at least 8.
    public var bitsPerSecond: Double
    /// Bytes that each packet costs more (or less) than it has, such as those of a tunnel.
    public var packetOverhead: Int
    /// Bytes of the cells that packets are cut into, as on ATM; 0 for none.
    public var cellSize: Int
    /// Bytes that each cell costs more (or less).
    public var cellOverhead: Int

    /// A rate.
    public init(bitsPerSecond: Double, packetOverhead: Int = 0, cellSize: Int = 0, cellOverhead: Int = 0) {
        self.bitsPerSecond = bitsPerSecond
        self.packetOverhead = packetOverhead
        self.cellSize = cellSize
        self.cellOverhead = cellOverhead
    }

    func validate(at path: String) throws(PlanError) {
        guard bitsPerSecond.isFinite, (8...1e13).contains(bitsPerSecond) else {
            throw PlanError(
                path: "\(path).bitsPerSecond", reason: "expected 8 bit/s to 10 Tbit/s, found \(bitsPerSecond)")
        }
        try Self.check(packetOverhead, in: -1_000...1_000, "\(path).packetOverhead")
        try Self.check(cellSize, in: 0...65_535, "\(path).cellSize")
        try Self.check(cellOverhead, in: -1_000...1_000, "\(path).cellOverhead")
        guard cellSize > 0 || cellOverhead == 0 else {
            throw PlanError(path: "\(path).cellOverhead", reason: "needs a cellSize, found 0")
        }
    }

    static func check(_ value: Int, in range: ClosedRange<Int>, _ path: String) throws(PlanError) {
        guard range.contains(value) else {
            throw PlanError(path: path, reason: "expected \(range.lowerBound) to \(range.upperBound), found \(value)")
        }
    }
}
