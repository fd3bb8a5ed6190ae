import Contract

extension WatchFinding {
    /// The evidence in words: `14 of 60 packets lost on its way, by 3 of 8 checks (udp, tcp): 14 timed out`.
    public func words(on map: WatchMap) -> String {
        guard cause.fault.isObserved else { return evidence.words }
        let what =
            switch cause.fault {
            case .latency: "came late"
            case .mtu: "of full size were lost"
            default: "were lost"
            }
        let kinds = evidence.kinds.map(\.rawValue).sorted().joined(separator: ", ")
        var words =
            "\(evidence.failures) of \(evidence.trials) packets on its way \(what), "
            + "met by \(evidence.failing) of \(evidence.checks) checks (\(kinds))"
        if let way = cause.seat.way, way != .both {
            words += way == .out ? ", of what leaves it" : ", of what comes in"
        }
        let reasons = CheckFailure.allCases.compactMap { reason in
            evidence.reasons[reason].map { "\($0) \(reason.rawValue)" }
        }
        return reasons.isEmpty ? words : "\(words): \(reasons.joined(separator: ", "))"
    }
}
