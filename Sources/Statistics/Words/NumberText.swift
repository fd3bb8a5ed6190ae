/// Numbers as people read them: no locale, no exponent where it can be avoided.
public enum NumberText {
    /// A number with a fixed count of decimals, rounded half away from zero.
    public static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return value.isNaN ? "n/a" : (value < 0 ? "-∞" : "∞") }
        var power = 1.0
        for _ in 0..<decimals { power *= 10 }
        let scaled = (value.magnitude * power).rounded()
        // 2^53 is about 9.007e15: above it a Double has no fraction left to round.
        guard scaled < 9e15 else { return "\(value)" }
        let whole = Int64(scaled)
        // A number that rounds to 0 has no minus.
        let sign = value < 0 && whole > 0 ? "-" : ""
        guard decimals > 0 else { return sign + "\(whole)" }
        let digits = String(whole)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// A number with the given count of significant digits; trailing zeros are kept, for they are information.
    public static func significant(_ value: Double, digits: Int = 3) -> String {
        guard value.isFinite else { return fixed(value, decimals: 0) }
        guard value != 0 else { return "0" }
        var exponent = 0
        var magnitude = value.magnitude
        while magnitude >= 10, exponent < 320 {
            magnitude /= 10
            exponent += 1
        }
        while magnitude < 1, exponent > -320 {
            magnitude *= 10
            exponent -= 1
        }
        guard exponent > -7, exponent < 15 else { return "\(value)" }
        let text = fixed(value, decimals: max(0, digits - 1 - exponent))
        // 9.995 rounds up to 10.00, which shows one digit too many.
        let shown = text.filter { $0.isNumber }.drop { $0 == "0" }.count
        guard shown > digits, exponent < digits - 1 else { return text }
        return fixed(value, decimals: max(0, digits - 2 - exponent))
    }

    /// A ratio as a change in percent, with its sign: `1.042` is `+4.2 %`.
    public static func change(ofRatio ratio: Double) -> String {
        let percent = (ratio - 1) * 100
        guard percent.isFinite else { return "n/a" }
        // 99.95 rounds to 100.0, where three digits need no decimal any more.
        let text = fixed(percent.magnitude, decimals: percent.magnitude >= 99.95 ? 0 : 1)
        let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
        return (isZero ? "±" : percent < 0 ? "−" : "+") + text + " %"
    }

    /// A p value: three decimals, or `< 0.001`.
    public static func probability(_ value: Double) -> String {
        // Three decimals would show this as 0.000.
        value < 0.0005 ? "< 0.001" : fixed(value, decimals: 3)
    }
}
