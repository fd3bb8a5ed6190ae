import Contract
import Experiments
import Statistics
import Testbed

/// What the whole machine did while a trial ran: the work of the kernel's own threads, and what neighbours took.
enum MachineMetrics {
    static let busy = metric("machine_busy", "share of all processors that were busy during the trial")
    static let stolen = metric("machine_stolen", "share of all processors that the hypervisor took during the trial")
    static let all = [busy, stolen]

    static func samples(from before: MachineReading, to after: MachineReading) -> [Sample] {
        [
            Sample(metric: busy.name, value: after.busyShare(since: before)),
            Sample(metric: stolen.name, value: after.stolenShare(since: before)),
        ]
    }

    private static func metric(_ name: String, _ description: String) -> Metric {
        Metric(
            name: name,
            unit: "ratio",
            better: .neither,
            description: description,
            minimumRelevantChange: 0.05,
            judged: false
        )
    }
}
