import Contract
import Results
import Testing

@testable import Coordinator

@Suite("How far a run in a guest has come")
struct GuestProgressTests {
    @Test("nothing has begun or ended before it was told")
    func initially() {
        let state = GuestProgress(of: "r").state
        #expect(!state.hasBegun && !state.hasEnded && state.completed == 0 && state.failures.isEmpty)
        #expect(state.signal == nil)
    }

    @Test("what is told is counted by its kind")
    func counts() {
        let run = RunRecord(kind: "K", name: "n", testbed: "local", seed: 1, toolVersion: "v")
        let progress = GuestProgress(of: run.id)
        progress.take(.metrics([]))
        progress.take(.environment(runID: run.id, facts: [:]))
        progress.take(.event(EventRecord(runID: run.id, name: "e")))
        #expect(progress.state == GuestProgress.State())
        progress.take(.begin(run))
        #expect(progress.state.hasBegun && !progress.state.hasEnded)
        for outcome in [TrialOutcome.completed, .failed, .timedOut, .failed, .completed] {
            let trial = TrialRecord(
                runID: run.id, variant: "v", factors: [:], block: 1, position: 1, startedAt: .now(), endedAt: .now(),
                outcome: outcome, reason: outcome == .completed ? nil : "r")
            progress.take(.trial(trial, samples: [], histograms: [], artifacts: [], events: []))
        }
        #expect(progress.state.completed == 2)
        #expect(progress.state.failures == ["failed": 2, "timedOut": 1])
        progress.interrupt(by: "SIGINT")
        progress.take(.finish(runID: run.id, outcome: .interrupted, endedAt: .now()))
        #expect(progress.state.hasEnded && progress.state.signal == "SIGINT")
    }

    @Test("what the steps of a scenario tell is theirs")
    func steps() {
        let progress = GuestProgress(of: "scenario")
        let step = RunRecord(
            kind: "K", name: "n", testbed: "local", seed: 1, toolVersion: "v",
            parent: RunParent(id: "scenario", step: "s"))
        let trial = TrialRecord(
            runID: step.id, variant: "v", factors: [:], block: 1, position: 1, startedAt: .now(), endedAt: .now(),
            outcome: .completed)
        progress.take(.begin(step))
        progress.take(.trial(trial, samples: [], histograms: [], artifacts: [], events: []))
        progress.take(.finish(runID: step.id, outcome: .completed, endedAt: .now()))
        #expect(progress.state == GuestProgress.State())
    }
}
