import Contract
import Testbed

/// Changes one link for as long as was asked for, with readings of its path around and within that time.
struct ShaperHold: Sendable {
    let placed: PlacedCondition
    let duration: Duration
    let rendezvous: Rendezvous
    let turnstile: Turnstile
    /// What all links count on that are as they should be.
    let inPlace: Countdown
    let context: TrialContext

    /// What an agent may take to begin, beyond which its change ends by itself.
    private static let slack = Duration.seconds(5)
    /// The part of the time that one reading may take.
    private static let share = 0.5

    private var effect: ExpectedEffect { placed.condition.expectedEffect ?? ExpectedEffect() }
    private var budget: Double { duration / .seconds(1) * Self.share }

    func run(seenBy watch: PathWatch?) async throws(TestbedError) -> Result<Measurement, TrialFailure> {
        var record = ShaperRecord(placed: placed, effect: effect, isSeen: watch != nil)
        record.before = try await inTurn { () throws(TestbedError) in
            try await watch?.baseline(effect, budget: budget)
        }
        // Until all have read: what is done to one link may be on the way of another one's packets.
        await rendezvous.meet()
        let held = try await hold(record, seenBy: watch)
        await rendezvous.meet()
        switch held {
        case .failure(let failure): return .failure(failure)
        case .success(var record):
            if let watch, let before = record.before {
                let (after, problem) = try await inTurn { () throws(TestbedError) in
                    try await watch.aftermath(of: effect, since: before, budget: budget)
                }
                record.after = after
                record.problem = record.problem ?? problem
            }
            return record.measurement()
        }
    }

    private func hold(
        _ record: ShaperRecord, seenBy watch: PathWatch?
    ) async throws(TestbedError) -> Result<ShaperRecord, TrialFailure> {
        let longest = duration + Self.slack + placed.condition.longestStart
        let plan = ProbePlan(
            probe: placed.condition, deadlineSeconds: longest / .seconds(1), seed: context.seed)
        let turn = await turnstile.turn()
        do throws(TestbedError) {
            let held: Result<ShaperRecord, TrialFailure> = try await context.testbed.withProbe(
                plan, at: placed.place
            ) { session throws(TestbedError) in
                var record = record
                var report = ProbeReport()
                let port = try await report.readUntilReady(session)
                await turn.giveBack()
                guard port != nil else { return .failure(await failure(report)) }
                let end = ContinuousClock.now + duration
                record.began = context.sinceStart
                if let watch, let before = record.before {
                    let isRead = try await read(into: &record, by: watch, before, until: end)
                    guard isRead else { return .failure(tooLate) }
                }
                if record.problem == nil { inPlace.count() }
                await context.signals.wait(until: end)
                context.signals.ceases()
                record.ended = context.sinceStart
                await session.stop()
                try await report.readToEnd(session)
                record.take(report)
                guard report.isComplete else { return .failure(await failure(report)) }
                return .success(record)
            }
            await turn.giveBack()
            return held
        } catch {
            await turn.giveBack()
            throw error
        }
    }

    /// Reads what is done to packets; false where no reading came to its end while it was done.
    private func read(
        into record: inout ShaperRecord, by watch: PathWatch, _ before: PathReading, until end: ContinuousClock.Instant
    ) async throws(TestbedError) -> Bool {
        let longest = (before.roundTrip ?? 0) + (effect.addedRoundTrip?.upperBound ?? 0)
        for _ in 0..<EffectProof.readings {
            let during = try await inTurn { () throws(TestbedError) -> PathReading? in
                // Nobody is left who could see it.
                guard ContinuousClock.now < end else { return nil }
                return try await watch.read(effect, longest: longest, budget: budget)
            }
            guard let during, ContinuousClock.now < end else { break }
            record.during = during
            record.problem = EffectProof.problem(before: before, during: during, effect)
            if record.problem == nil { break }
        }
        return record.during != nil
    }

    private func failure(_ report: ProbeReport) async -> TrialFailure {
        await ConditionRemedy.failure(of: placed, report, seed: context.seed, on: context.testbed)
    }

    private var tooLate: TrialFailure {
        TrialFailure(
            .failed,
            "\(placed.words) was over before it could be seen: this machine takes longer than \(duration) to start what "
                + "reads it; take a longer duration, or fewer targets")
    }

    private func inTurn<Value: Sendable>(
        _ body: () async throws(TestbedError) -> Value
    ) async throws(TestbedError) -> Value {
        let turn = await turnstile.turn()
        do throws(TestbedError) {
            let value = try await body()
            await turn.giveBack()
            return value
        } catch {
            await turn.giveBack()
            throw error
        }
    }
}

extension TrialContext {
    /// Seconds since the trial began.
    var sinceStart: Double { (ContinuousClock.now - start) / .seconds(1) }
}
