import Netlink

/// Which queueing disciplines of somebody else can be put back exactly.
enum ForeignQueue {
    /// Those without classes whose settings the kernel says whole, and takes as it says them.
    private static let kinds: Set = [
        "bfifo", "cake", "codel", "fq", "fq_codel", "fq_pie", "netem", "noqueue", "pfifo", "pfifo_fast", "pie", "sfb",
        "tbf",
    ]

    /// Why it cannot be put back as it is; nil when it can.
    static func obstacle(_ queue: InstalledQueue, hasChildren: Bool, hasFilters: Bool) -> String? {
        if queue.kind == "sfq" { return "the kernel does not take its number of flows as it says it" }
        guard kinds.contains(queue.kind) else {
            return "its classes and all that hangs on them would be lost, and could not be put back"
        }
        if hasChildren { return "other disciplines hang on it, which would be lost with it" }
        if hasFilters { return "filters hang on it, which would be lost with it" }
        guard queue.kind == "netem", let options = NetemOptions(bytes: queue.options ?? []) else { return nil }
        guard options.jitterNanoseconds == 0, options.slot?.distributionNanoseconds ?? 0 == 0 else {
            return "the kernel does not say by which table it draws delays, so that it could not be put back as it was"
        }
        return nil
    }
}
