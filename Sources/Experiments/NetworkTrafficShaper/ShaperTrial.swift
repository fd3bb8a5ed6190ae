import Contract
import Quantities
import Resources
import Testbed

/// One turn: all links are read, changed together, read, put back together, and read again.
struct ShaperTrial: Sendable {
    typealias Cell = ShaperPlan.Cell
    typealias Results = [Variant: Result<Measurement, TrialFailure>]

    let plan: ShaperPlan
    let cells: [Cell]

    /// Agents that are started, and readings that are taken, at once: processors are few, and each waits for the others.
    private static let startedAtOnce = 2

    func run(in context: TrialContext) async -> Results {
        let rendezvous = Rendezvous(of: cells.count)
        let turnstile = Turnstile(width: Self.startedAtOnce)
        let inPlace = Countdown(of: cells.count, then: context.signals.holds)
        return await withTaskGroup(of: (Variant, Result<Measurement, TrialFailure>).self) { group in
            for cell in cells {
                group.addTask {
                    let result = await run(cell, rendezvous, turnstile, inPlace, in: context)
                    await rendezvous.leave()
                    return (cell.variant, result)
                }
            }
            return await group.reduce(into: Results()) { $0[$1.0] = $1.1 }
        }
    }

    private func run(
        _ cell: Cell, _ rendezvous: Rendezvous, _ turnstile: Turnstile, _ inPlace: Countdown, in context: TrialContext
    ) async -> Result<Measurement, TrialFailure> {
        let turn = await turnstile.turn()
        let result = await run(cell, rendezvous, turnstile, turn, inPlace, in: context)
        await turn.giveBack()
        return result
    }

    private func run(
        _ cell: Cell, _ rendezvous: Rendezvous, _ turnstile: Turnstile, _ turn: Turnstile.Turn,
        _ inPlace: Countdown, in context: TrialContext
    ) async -> Result<Measurement, TrialFailure> {
        do throws(TestbedError) {
            guard let condition = try await plan.condition(of: cell, on: context.testbed) else {
                return .failure(TrialFailure(.failed, "there is nothing to be done to \(cell.place)"))
            }
            let witness = try await plan.witness(of: cell, condition, on: context.testbed)
            let placed = PlacedCondition(condition, at: cell.place, toward: witness)
            let hold = ShaperHold(
                placed: placed, duration: plan.spec.duration.duration, rendezvous: rendezvous, turnstile: turnstile,
                inPlace: inPlace, context: context)
            return try await PathWatch.over(
                placed, on: context.testbed, deadline: context.deadline, seed: context.seed
            ) { watch throws(TestbedError) in
                await turn.giveBack()
                return try await hold.run(seenBy: watch)
            }
        } catch {
            return .failure(TrialFailure(error))
        }
    }
}
