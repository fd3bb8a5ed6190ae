/// Says where a plan's processor cannot be had; pure.
enum ProcessorChoice {
    /// What is to be said when the plan wants the processor at an index, and this process may use only so many.
    ///
    /// The choice then goes round, and two ends that were to be on processors of their own share one.
    static func remark(wanted: Int, allowed: Int) -> String? {
        guard allowed > 0, wanted >= allowed else { return nil }
        let words = allowed == 1 ? "1 processor" : "\(allowed) processors"
        return
            "distinct processors cannot be had: this process may use \(words) only (see taskset -p and the cpuset of "
            + "its control group), so both ends ran on one, as with processors: same"
    }
}
