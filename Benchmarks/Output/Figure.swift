import Foundation

/// Numbers as the tables print them.
enum Figure {
    /// Four significant digits, so that a change of one part in a thousand can be seen.
    static func text(_ value: Double?) -> String {
        guard let value else { return "-" }
        if value == 0 { return "0" }
        let decimals = min(max(3 - Int(log10(abs(value)).rounded(.down)), 0), 6)
        return String(format: "%.\(decimals)f", value)
    }

    static func percent(_ fraction: Double?) -> String {
        fraction.map { String(format: "%.1f %%", $0 * 100) } ?? "-"
    }
}
