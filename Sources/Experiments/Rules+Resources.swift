import Quantities
import Resources

extension RepetitionRule {
    /// As a resource says.
    init(_ repetitions: CNIPerformance.Repetitions) {
        self.init(
            minimum: repetitions.minimum,
            maximum: repetitions.maximum,
            untilRelativeHalfWidth: repetitions.untilRelativeHalfWidth?.fraction
        )
    }
}

extension SettleRule {
    /// As a resource says.
    init(_ settle: CNIPerformance.Settle) {
        self.init(
            maximumBackground: settle.maximumBackground.fraction,
            window: settle.window.duration,
            patience: settle.patience.duration
        )
    }
}
