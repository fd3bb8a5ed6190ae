import Contract

/// One check of an agent, attempt after attempt; one is under way at a time.
protocol CheckFlow: AnyObject {
    /// What poll(2) watches; -1 for nothing.
    var descriptor: Int32 { get }
    /// Whether it waits to send.
    var waitsToSend: Bool { get }

    /// Begins an attempt; the answer is an end that is known at once.
    func begin(window: UInt32, now: UInt64) -> CheckEnd?

    /// Goes on when the descriptor is ready; the answer is the attempt's end.
    func proceed() -> CheckEnd?

    /// Gives the attempt up.
    func giveUp()
}
