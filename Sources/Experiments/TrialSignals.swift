/// What a trial tells the coordinator while it runs, and the coordinator tells the trial.
public struct TrialSignals: Sendable {
    /// Says that what the trial is about is there, such as a fault that is proven; what waits for it may begin.
    ///
    /// The coordinator says it of trials that only measure; a standing one says it itself (``Experiment/isStanding``).
    public let holds: @Sendable () -> Void
    /// Says that it will not be there from now on; what is measured while it holds has come to its end.
    public let ceases: @Sendable () -> Void
    /// Asks a standing trial to come to its end, with what it has until then.
    public let earlyEnd: EndSignal

    /// Signals that somebody hears; by default nobody does, and nobody asks for an end.
    public init(
        holds: @escaping @Sendable () -> Void = {}, ceases: @escaping @Sendable () -> Void = {},
        earlyEnd: EndSignal = EndSignal()
    ) {
        self.holds = holds
        self.ceases = ceases
        self.earlyEnd = earlyEnd
    }

    /// Waits for the moment, for an early end, or for cancellation, whichever comes first.
    func wait(until moment: ContinuousClock.Instant) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await Task.sleep(until: moment, clock: .continuous) }
            group.addTask { _ = await earlyEnd.wait() }
            await group.next()
            group.cancelAll()
        }
    }
}
