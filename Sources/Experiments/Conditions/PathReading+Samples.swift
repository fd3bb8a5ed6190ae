package import Contract

extension PathReading {
    /// What it tells of an effect, as numbers for the store.
    package func samples(_ moment: ConditionMetrics.Moment, _ effect: ExpectedEffect) -> [Sample] {
        func share(_ count: Int) -> Double? { sent > 0 ? Double(count) / Double(sent) : nil }
        let values: [(Metric, Double?)] = [
            (ConditionMetrics.roundTrip(moment), roundTrip),
            (
                ConditionMetrics.path(.spoiled, moment),
                effect.spoiled == nil && !effect.isSilence ? nil : share(spoiled)
            ),
            (ConditionMetrics.path(.duplicated, moment), effect.duplicated == nil ? nil : share(duplicated)),
            (ConditionMetrics.path(.overtaking, moment), effect.overtaking == nil ? nil : share(overtaking)),
            (ConditionMetrics.path(.rate, moment), effect.rate == nil ? nil : rate),
        ]
        return values.compactMap { metric, value in value.map { Sample(metric: metric.name, value: $0) } }
    }
}
