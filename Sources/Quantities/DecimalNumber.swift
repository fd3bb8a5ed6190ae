/// A non-negative decimal number, kept exactly: `coefficient` × 10^`exponent`.
///
/// Units are powers of ten far more often than not, so that moving the exponent converts between them without rounding.
struct DecimalNumber: Sendable, Equatable {
    /// As many digits as the largest coefficient has; its product with every unit fits in 128 bits.
    static let maximumDigits = 20

    let coefficient: UInt64
    let exponent: Int

    init(coefficient: UInt64, exponent: Int) {
        var coefficient = coefficient
        var exponent = coefficient == 0 ? 0 : exponent
        while coefficient != 0, coefficient.isMultiple(of: 10) {
            coefficient /= 10
            exponent += 1
        }
        self.coefficient = coefficient
        self.exponent = exponent
    }

    /// Reads digits with at most one point between them; no sign, no exponent, no bare point.
    init?(digits text: some StringProtocol) {
        let parts = String(text).split(separator: "." as Character, maxSplits: 1, omittingEmptySubsequences: false)
            .map(String.init)
        let fraction = parts.count > 1 ? parts[1] : "0"
        guard !parts[0].isEmpty, !fraction.isEmpty, (parts[0] + fraction).utf8.allSatisfy(Self.isDigit) else {
            return nil
        }
        let scaled = (parts[0] + fraction).drop { $0 == "0" }
        let significant = scaled.reversed().drop { $0 == "0" }.reversed()
        guard significant.count <= Self.maximumDigits,
            let coefficient = significant.isEmpty ? 0 : UInt64(String(significant))
        else { return nil }
        self.init(coefficient: coefficient, exponent: scaled.count - significant.count - fraction.count)
    }

    /// The shortest decimal that reads back as `value`, which must be finite and not negative.
    init(_ value: Double) {
        // Swift prints the fewest digits that read back as the same double.
        let parts = value.description.lowercased().split(separator: "e")
        let mantissa = DecimalNumber(digits: parts[0]) ?? DecimalNumber(coefficient: 0, exponent: 0)
        let power = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        self.init(coefficient: mantissa.coefficient, exponent: mantissa.exponent + power)
    }

    /// The nearest double of this number × 10^`power`, rounded once; nil where it is larger than any.
    func double(timesTenTo power: Int) -> Double? {
        Double("\(coefficient)e\(exponent + power)").flatMap { $0.isFinite ? $0 : nil }
    }

    /// This number × `factor`, when that is a whole number that fits.
    func whole(times factor: UInt64) -> WholeNumber {
        var product = UInt128(coefficient) * UInt128(factor)
        guard product != 0 else { return .exactly(0) }
        for _ in 0..<abs(exponent) {
            if exponent > 0 {
                product *= 10
                guard product <= UInt128(UInt64.max) else { return .tooLarge }
            } else {
                guard product.isMultiple(of: 10) else { return .fractional }
                product /= 10
            }
        }
        return UInt64(exactly: product).map { .exactly($0) } ?? .tooLarge
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// Plain digits, without an exponent, of this number × 10^`power`.
    func digits(timesTenTo power: Int) -> String {
        let exponent = exponent + power
        let digits = String(coefficient)
        guard coefficient != 0 else { return "0" }
        guard exponent < 0 else { return digits + String(repeating: "0", count: exponent) }
        let padded = String(repeating: "0", count: max(0, 1 - exponent - digits.count)) + digits
        return "\(padded.dropLast(-exponent)).\(padded.suffix(-exponent))"
    }
}

/// The outcome of asking a decimal number for a whole one.
enum WholeNumber: Sendable, Equatable {
    case exactly(UInt64)
    case fractional
    case tooLarge
}
