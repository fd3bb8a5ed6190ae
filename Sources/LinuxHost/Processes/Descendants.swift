import CLinux
import Glibc
import Synchronization

/// The processes that this process started, and theirs.
public enum Descendants {
    /// Lets orphans among them come back to this process (`PR_SET_CHILD_SUBREAPER`), so that none can leave the family
    /// by forking twice; false where the kernel refuses.
    @discardableResult
    public static func adoptOrphans() -> Bool {
        let isAdopting = nm_adopt_orphans() == 0
        if isAdopting { adopted.store(true, ordering: .relaxed) }
        return isAdopting
    }

    /// Whether orphans come back to this process.
    public static var areAdopted: Bool { adopted.load(ordering: .relaxed) }

    private static let adopted = Atomic<Bool>(false)

    /// All that run now, by rising number; zombies are left out.
    public static func all() -> [Int32] {
        let ancestor = getpid()
        var parents: [Int32: Int32] = [:]
        for pid in HostFile.names(in: "/proc").compactMap({ Int32($0) }) {
            guard let parent = ProcessStatus.parent(of: pid) else { continue }
            parents[pid] = parent
        }
        return parents.keys.filter { isBelow($0, ancestor, parents) && ProcessStatus.state(of: $0) != "Z" }.sorted()
    }

    /// Sends SIGKILL to all of them, again and again until there are none or the patience is over; answers who is left.
    ///
    /// A process that was killed may have started another one meanwhile, which comes to this process when orphans are
    /// adopted.
    @discardableResult
    public static func kill(patience: Duration) -> [Int32] {
        let end = ContinuousClock.now + patience
        var left = all()
        while !left.isEmpty {
            for pid in left { kill(pid) }
            left = all()
            guard !left.isEmpty, ContinuousClock.now < end else { break }
            usleep(2_000)
        }
        return left
    }

    /// By descriptor, and only while it still is below this process: numbers are given away again.
    private static func kill(_ pid: Int32) {
        var descriptor: Int32 = -1
        guard nm_pidfd_open(pid, &descriptor) == 0 else { return }
        defer { close(descriptor) }
        if isBelow(pid) { _ = nm_pidfd_signal(descriptor, SIGKILL) }
    }

    private static func isBelow(_ pid: Int32) -> Bool {
        var above = ProcessStatus.parent(of: pid)
        // Up to init; the parent of what entered from outside this pid namespace is 0.
        while let parent = above, parent > 1 {
            if parent == getpid() { return true }
            above = ProcessStatus.parent(of: parent)
        }
        return above == getpid()
    }

    private static func isBelow(_ pid: Int32, _ ancestor: Int32, _ parents: [Int32: Int32]) -> Bool {
        var above = parents[pid]
        // What forks while it is looked at cannot make a circle, but a number that is used again can.
        for _ in 0..<parents.count {
            guard let parent = above else { return false }
            if parent == ancestor { return true }
            above = parents[parent]
        }
        return false
    }
}
