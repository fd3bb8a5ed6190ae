public import Quantities

/// How quiet the machine has to be before a trial starts.
public struct Settle: Sendable, Equatable {
    /// The most CPU time that others may use, as a part of all CPUs.
    public var maximumBackground: Ratio
    /// How long the machine has to be that quiet.
    public var window: TimeSpan
    /// How long quiet is waited for, before the trial starts anyway and says so.
    public var patience: TimeSpan

    /// Describes a gate.
    public init(
        maximumBackground: Ratio = Ratio(fraction: 0.2),
        window: TimeSpan = .milliseconds(40),
        patience: TimeSpan = .seconds(2)
    ) {
        self.maximumBackground = maximumBackground
        self.window = window
        self.patience = patience
    }
}

extension Settle {
    private enum Key: String, CaseIterable {
        case maximumBackground
        case window
        case patience
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let defaults = Settle()
        let background = keyed.read(.maximumBackground, default: defaults.maximumBackground) {
            $0.quantity(in: Ratio(fraction: 0)...Ratio(fraction: 1))
        }
        // The kernel counts CPU time in ticks of 10 ms: a shorter window sees nothing.
        let window = keyed.read(.window, default: defaults.window) {
            $0.quantity(in: TimeSpan.milliseconds(10)...TimeSpan.minutes(1))
        }
        let patience = keyed.read(.patience, default: defaults.patience) {
            $0.quantity(in: TimeSpan.milliseconds(10)...TimeSpan.minutes(10))
        }
        guard let background, let window, let patience else { return nil }
        if patience < window {
            (keyed[.patience] ?? reader).fail("the patience is \(patience), and below the window of \(window)")
        }
        self.init(maximumBackground: background, window: window, patience: patience)
    }

    var canonical: CanonicalValue {
        .object([
            "maximumBackground": .text(maximumBackground),
            "window": .text(window),
            "patience": .text(patience),
        ])
    }
}
