import Contract

extension ProbeFailure {
    /// The failure of a measurement that was ended before its end.
    static func interrupted(_ stop: ProbeStop) -> ProbeFailure {
        stop.reason == .deadline
            ? ProbeFailure(.timedOut, "the deadline came before the end of the measurement; allow more time for it")
            : ProbeFailure(.stopped, "it was told to stop before the end of the measurement; run it again")
    }
}
