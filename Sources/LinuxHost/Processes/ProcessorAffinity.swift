import CLinux
import Glibc

/// On which processors this process may run.
public enum ProcessorAffinity {
    /// How many processors this thread may use, of those that the machine has; 0 when the kernel does not say.
    ///
    /// sched_getaffinity(2): taskset(1) and the cpuset of a control group make it smaller.
    public static var allowedCount: Int { Int(nm_allowed_processors()) }

    /// Keeps this process, its threads made from now on and its children on one processor.
    ///
    /// `index` counts the processors that the process may use now and goes round when there are fewer, so that one
    /// plan fits every machine. sched_setaffinity(2) on every thread that there is.
    public static func stay(on index: Int) throws(HostError) {
        let code = nm_stay_on_processor(Int32(clamping: index))
        guard code == 0 else {
            throw HostError(
                operation: "stay on",
                object: "processor \(index)",
                errno: code,
                hint: "Leave the choice to the scheduler with processors: any"
            )
        }
    }

    /// Keeps the calling thread, and threads that it makes, on one processor; `index` is counted as in ``stay(on:)``.
    ///
    /// sched_setaffinity(2). Programs that other threads start are not affected.
    public static func keepThread(on index: Int) throws(HostError) {
        let code = nm_stay_thread_on_processor(Int32(clamping: index))
        guard code == 0 else {
            throw HostError(
                operation: "keep a thread on",
                object: "processor \(index)",
                errno: code,
                hint: "Look at the processors that this process may use: taskset -p \(getpid())"
            )
        }
    }

    /// Lets the calling thread wait for its turn when it wakes up, instead of taking the processor from whoever has it.
    ///
    /// sched_setscheduler(2) with `SCHED_BATCH`; answers whether the kernel allowed it.
    @discardableResult
    public static func waitForTurn() -> Bool { nm_wait_for_turn() == 0 }
}
