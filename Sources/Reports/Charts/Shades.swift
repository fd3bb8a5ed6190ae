import Foundation

/// Values in steps of one colour: even steps, or steps of a factor where values differ by a lot.
struct Shades {
    /// From light to dark.
    static let colours = [0.12, 0.3, 0.5, 0.75, 1].map { Palette.tint("#0072b2", $0) }

    /// The upper end of each step.
    let bounds: [Double]

    init(least: Double, most: Double) {
        let count = Double(Self.colours.count)
        let isWide = least > 0 && most / least > 8
        bounds = (1...Self.colours.count).map { step in
            let part = Double(step) / count
            if step == Self.colours.count { return most }
            return isWide ? least * pow(most / least, part) : least + (most - least) * part
        }
    }

    func step(of value: Double) -> Int {
        bounds.firstIndex { value <= $0 } ?? bounds.count - 1
    }
}
