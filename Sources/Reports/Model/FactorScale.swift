import Contract
import Statistics

/// The factor that curves run along: its levels read as numbers, the smallest first.
public struct FactorScale: Sendable, Equatable {
    /// A level and the number that it stands for.
    public struct Level: Sendable, Equatable {
        /// The level's name in the design.
        public let text: String
        /// The number in the scale's unit.
        public let value: Double
    }

    /// Why a factor cannot be a scale.
    struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
        let factor: String
        let reason: String

        var description: String {
            "The design scales over \(factor), but \(reason). No curves are drawn, and metrics are shown as bars."
        }
    }

    /// The factor's name.
    public let factor: String
    /// The unit of the numbers: `1` for a plain count, or a base unit.
    public let unit: String
    /// The levels by growing number.
    public let levels: [Level]
    private let hasBinaryPrefixes: Bool

    /// Reads the factor that the design scales over.
    ///
    /// Strict, since a level that is left out would be missing from every picture: one text that is no number, two
    /// dimensions, or two levels of the same number make the factor an ordinary one.
    init(_ design: Design) throws(Problem) {
        let name = design.scaleFactor ?? ""
        func problem(_ reason: String) -> Problem { Problem(factor: name.isEmpty ? "nothing" : name, reason: reason) }
        guard name != design.compared else { throw problem("it is the factor that is compared") }
        guard let factor = design.factors.first(where: { $0.name == name }) else {
            throw problem("it is none of the factors")
        }
        var read: [(level: Level, unit: String)] = []
        for text in factor.levels {
            guard let number = LevelNumber(text) else {
                throw problem("its level \(Escape.oneLine(text)) is no number")
            }
            read.append((Level(text: text, value: number.value), number.unit))
        }
        let units = Set(read.map(\.unit))
        guard units.count <= 1 else {
            throw problem("its levels \(factor.levels.joined(separator: ", ")) are not of one unit")
        }
        guard read.count > 1 else { throw problem("it has a single level") }
        guard Set(read.map(\.level.value)).count == read.count else {
            throw problem("its levels \(factor.levels.joined(separator: ", ")) name a number twice")
        }
        self.factor = name
        unit = units.first ?? "1"
        levels = read.map(\.level).sorted { $0.value < $1.value }
        hasBinaryPrefixes = factor.levels.contains { $0.hasSuffix("iB") }
    }

    /// A number that is one of the levels, as the design spells it; others as ``text(_:)``.
    func spelled(_ value: Double) -> String { levels.first { $0.value == value }?.text ?? text(value) }

    /// A number on the scale, to three significant digits: `1,740`, `23.4 KiB`.
    func text(_ value: Double) -> String {
        switch unit {
        case "1" where value.magnitude >= 999.5 && value.magnitude < 1e15:
            var step = 1.0
            while value.magnitude / step >= 999.5 { step *= 10 }
            return Wording.grouped(Int((value / step).rounded() * step))
        case "B" where hasBinaryPrefixes:
            let steps: [(Double, String)] = [(1_073_741_824, "GiB"), (1_048_576, "MiB"), (1024, "KiB")]
            let step = steps.first { value.magnitude >= $0.0 } ?? (1, "B")
            return NumberText.significant(value / step.0) + " " + step.1
        default: return UnitScale.fitting(value, unit: unit).text(value)
        }
    }

    /// The ends of an interval of sizes in words: `1,420 to 2,110`, `1,420 to beyond 10000`.
    func text(_ interval: Interval) -> String {
        let first = interval.lower.isFinite ? text(interval.lower) : "below \(levels.first?.text ?? "")"
        let last = interval.upper.isFinite ? text(interval.upper) : "beyond \(levels.last?.text ?? "")"
        return "\(first) to \(last)"
    }
}
