/// One cause from window to window: opened after some, closed after some others.
struct Tracker: Sendable {
    /// The latest windows, the newest in the lowest bit: where the cause was seen.
    private(set) var seen: UInt64 = 0
    private(set) var began = 0
    private(set) var lastSeen = 0
    private(set) var opened: Int?
    private var good = 0
    var evidence = Evidence()

    mutating func hit(at window: Int, _ rules: WatchRules) {
        if seen == 0, opened == nil { began = window }
        seen = seen << 1 | 1
        lastSeen = window
        good = 0
        let within = seen & (rules.openWithin >= 64 ? .max : (1 << UInt64(rules.openWithin)) - 1)
        if opened == nil, within.nonzeroBitCount >= rules.openAfter { opened = window }
    }

    /// Whether it is over: forgotten when it was never opened, closed when it was.
    ///
    /// A window without data says neither that the cause is there nor that it is gone.
    mutating func miss(hasData: Bool, _ rules: WatchRules) -> Bool {
        guard hasData else { return false }
        seen <<= 1
        good += 1
        guard opened == nil else { return good >= rules.closeAfter }
        return seen & (rules.openWithin >= 64 ? .max : (1 << UInt64(rules.openWithin)) - 1) == 0
    }
}
