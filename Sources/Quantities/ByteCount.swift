/// A number of bytes, written in binary (KiB, MiB, GiB) or decimal units (kB, MB, GB).
public struct ByteCount: Quantity, Comparable, Codable {
    /// The count in single bytes, whatever unit it was written in.
    public let bytes: UInt64

    /// So many bytes.
    public init(bytes: UInt64) {
        self.bytes = bytes
    }

    /// Reads a number with one of the units B, KiB, MiB, GiB, kB, MB and GB; a fraction of a byte is refused.
    public init(parsing text: String) throws(QuantityError) {
        let parts = try UnitText(text, units: Self.units.map(\.name), expectation: Self.expectation)
        let factor = Self.units.first { $0.name == parts.unit }?.bytes ?? 1
        self.bytes = try parts.whole(times: factor, "bytes")
    }

    /// How a number of bytes has to be written.
    public static let expectation = "a number of bytes with a unit, such as 64B, 16KiB or 1MB"

    /// The shortest form without a fraction, such as `64B`, `64KiB` or `10MB`.
    public var description: String {
        guard bytes > 0 else { return "0B" }
        return shortest(
            Self.units.reversed().filter { bytes.isMultiple(of: $0.bytes) }.map { "\(bytes / $0.bytes)\($0.name)" }
        )
    }

    /// The fewer bytes first.
    public static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }

    private static let units: [(name: String, bytes: UInt64)] = [
        ("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30),
        ("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000),
    ]
}
