public import Contract
import Glibc
import LinuxHost
import Probes

/// `netmachinery agent`: one plan in, JSON lines out.
public enum AgentMain {
    /// Reads the plan from the first line of `input`, runs it here, and writes its events to `output`, one a line.
    ///
    /// The end of `input`, SIGTERM, SIGINT, a reader that went away and the plan's deadline each end the probe and all
    /// that it started. With `ownsProcess` the signals are handled, the process stays on the plan's processor, and an
    /// alarm(2) behind the deadline ends a process that hangs.
    ///
    /// - Returns: What the process is to end with: `done`, `badArguments` for a wrong plan, or `trialsFailed`.
    public static func run(input: Int32, output: Int32, ownsProcess: Bool = true) async -> ProgramExit {
        // A reader that went away shall be an error of write(2), after which children are ended, and not our death.
        signal(SIGPIPE, SIG_IGN)
        let stop = ProbeStop()
        let lines = LineOutput(descriptor: output, stop: stop)
        if ownsProcess {
            Descendants.adoptOrphans()
            // Whoever started it is gone already: nobody hears what it would find.
            if let mark = RunMark.inherited, !Lifeline.tie(to: mark.owner) { return Self.orphaned }
            AgentSignals.trip(stop)
        }
        // Daemons that plugins started, for example, go with what they were started for.
        defer { if ownsProcess { Descendants.kill(patience: GracePeriods.agentEnd) } }
        do throws(PlanError) {
            let plan = try ProbePlan(json: try await PlanReader(descriptor: input, stop: stop).firstLine())
            // Only a defect gets here.
            let alarmSeconds = (plan.deadlineSeconds + GracePeriods.alarm / .seconds(1)).rounded(.up)
            if ownsProcess { alarm(UInt32(alarmSeconds)) }
            if ownsProcess, let processor = plan.processor {
                // Counted before, since afterwards there is only one.
                let remark = ProcessorChoice.remark(wanted: processor, allowed: ProcessorAffinity.allowedCount)
                try stay(on: processor)
                if let remark { lines.emit(.remark(remark)) }
            }
            await ProbeEngine.run(plan, output: lines, stop: stop)
            if ownsProcess { alarm(0) }
            return lines.hasFailed ? .trialsFailed : .done
        } catch {
            lines.emit(.failure(code: FailureCode.badPlan.rawValue, message: error.description))
            return .badArguments
        }
    }

    /// What an agent ends with whose run is gone; nobody sees it.
    private static let orphaned = ProgramExit.trialsFailed

    private static func stay(on processor: Int) throws(PlanError) {
        do throws(HostError) {
            try ProcessorAffinity.stay(on: processor)
        } catch {
            throw PlanError(path: "processor", reason: error.description)
        }
    }
}
