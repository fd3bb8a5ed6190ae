import Contract
import Results

/// Small helpers that turn recorded names into words.
enum Wording {
    /// What a metric measures as a heading.
    static func title(of metric: Metric) -> String { title(metric.id.name) }

    /// A recorded name as a heading: `cpu_per_gibibyte` becomes `CPU per gibibyte`.
    static func title(_ name: String) -> String {
        let words = name.split(separator: "_").map(String.init)
        let spelled = words.enumerated().map { index, word in
            if ["cpu", "tcp", "udp", "ip", "rtt", "mtu", "dns"].contains(word.lowercased()) {
                return word.uppercased()
            }
            return index == 0 ? word.prefix(1).uppercased() + word.dropFirst() : word
        }
        return spelled.joined(separator: " ")
    }

    /// How a run ended, in words.
    static func text(_ outcome: RunOutcome) -> String {
        switch outcome {
        case .trialsFailed: "completed, with failed trials"
        case .running: "still running, or killed"
        case .completed, .interrupted, .failed: outcome.rawValue
        }
    }

    /// Words as a sentence of their own.
    static func sentence(_ words: String) -> String {
        words.prefix(1).uppercased() + words.dropFirst() + "."
    }

    /// A count with its noun: `1 trial`, `3 trials`.
    static func count(_ number: Int, _ noun: String) -> String {
        number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
    }

    /// The least and the greatest of some counts: `6`, or `5 to 6`.
    static func range(_ numbers: [Int]) -> String {
        guard let low = numbers.min(), let high = numbers.max() else { return "0" }
        return low == high ? "\(low)" : "\(low) to \(high)"
    }

    /// About how many, from the least to the greatest, in round numbers: `1,200 to 5,600`.
    static func magnitude(_ numbers: [Int]) -> String {
        let rounded = [numbers.min() ?? 0, numbers.max() ?? 0].map { number -> Int in
            var step = 1
            while number / step >= 100 { step *= 10 }
            return (number + step / 2) / step * step
        }
        return rounded[0] == rounded[1] ? grouped(rounded[0]) : "\(grouped(rounded[0])) to \(grouped(rounded[1]))"
    }

    /// A whole number with commas between thousands.
    static func grouped(_ number: Int) -> String {
        var digits = String(number.magnitude)
        var parts: [String] = []
        while digits.count > 3 {
            parts.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (number < 0 ? "-" : "") + ([digits] + parts).joined(separator: ",")
    }
}
