/// A number with its unit, taken apart: `250ms` is 250 and `ms`.
struct UnitText {
    let number: DecimalNumber
    let unit: String
    private let text: String
    private let expectation: String

    /// Splits `text` and makes sure that its unit is one of `units`.
    init(_ text: String, units: [String], expectation: String) throws(QuantityError) {
        func refusal(_ reason: String) -> QuantityError {
            QuantityError(text: text, expectation: expectation, reason: reason)
        }
        guard let first = text.unicodeScalars.first else { throw refusal("it is empty") }
        guard first != "-" else { throw refusal("it is negative") }
        guard Self.isDigit(first) else { throw refusal("it does not start with a digit") }

        let numberScalars = text.unicodeScalars.prefix { Self.isDigit($0) || $0 == "." }
        let unit = String(text.unicodeScalars.dropFirst(numberScalars.count))
        let number = String(numberScalars)
        guard first != "0" || numberScalars.count < 2 || number.hasPrefix("0.") else {
            throw refusal("it has a zero in front, which other readers take for the mark of an octal number")
        }
        guard let decimal = DecimalNumber(digits: number) else {
            let digits = numberScalars.filter(Self.isDigit).count
            throw refusal(
                digits >= DecimalNumber.maximumDigits ? "it has too many digits" : "\(number) is not a number"
            )
        }
        guard !unit.isEmpty else { throw refusal("it has no unit") }
        guard unit.unicodeScalars.first != " " else {
            throw refusal("there is a space between the number and the unit")
        }
        guard units.contains(unit) else {
            throw refusal("\"\(unit)\" is not one of its units (\(units.joined(separator: ", ")))")
        }
        self.number = decimal
        self.unit = unit
        self.text = text
        self.expectation = expectation
    }

    /// The number × 10^`power`, rounded once.
    func double(timesTenTo power: Int = 0) throws(QuantityError) -> Double {
        guard let value = number.double(timesTenTo: power) else { throw refusal("it is too large") }
        return value
    }

    /// The number × `factor`, which has to be a whole number of `things`.
    func whole(times factor: UInt64, _ things: String) throws(QuantityError) -> UInt64 {
        switch number.whole(times: factor) {
        case .exactly(let value): return value
        case .fractional: throw refusal("it is not a whole number of \(things)")
        case .tooLarge: throw refusal("it is too large")
        }
    }

    private func refusal(_ reason: String) -> QuantityError {
        QuantityError(text: text, expectation: expectation, reason: reason)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar)
    }
}

/// The best of several ways to write one value: the shortest, and the earliest of those.
func shortest(_ candidates: [String]) -> String {
    candidates.enumerated().min { ($0.element.count, $0.offset) < ($1.element.count, $1.offset) }?.element ?? ""
}
