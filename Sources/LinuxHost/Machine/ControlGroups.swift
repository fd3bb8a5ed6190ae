/// The limits that control groups set to this process: the tightest of its own group and all above it that can be seen.
///
/// Both versions are read. A container sees its own group as the root; what stands above that it cannot see.
struct ControlGroups {
    /// Processors that may be used together, such as 0.5; `nil` without a limit.
    private(set) var processors: Double?

    /// The period in which the share of processors is counted, in microseconds; `nil` without a limit.
    private(set) var period: UInt64?

    /// Bytes of memory; `nil` without a limit.
    private(set) var memory: UInt64?

    /// Whether there is any group to read.
    private var isKnown = false

    /// The processors of the process's own group, as the kernel lists them: `0-3,8`; `nil` where no group says it.
    private(set) var processorList: String?

    /// Reads `/proc/self/cgroup`, `/proc/self/mountinfo` and the groups that they name, below another root where given.
    init(root: String) {
        let mounts = Self.mounts(HostFile.line(root + "/proc/self/mountinfo") ?? "")
        for (controllers, path) in Self.memberships(HostFile.line(root + "/proc/self/cgroup") ?? "") {
            for mount in mounts where mount.serves(controllers) {
                isKnown = true
                let directories = mount.directories(of: path).map { root + $0 }
                for directory in directories { takeTighter(directory) }
                for name in ["cpuset.cpus.effective", "cpuset.effective_cpus", "cpuset.cpus"] where processorList == nil
                {
                    // A group without a list of its own has that of a group above.
                    processorList = directories.lazy.compactMap { HostFile.line("\($0)/\(name)") }.first { !$0.isEmpty }
                }
            }
        }
    }

    /// As facts of the environment; none where there are no groups.
    var facts: [String: String] {
        guard isKnown else { return [:] }
        return [
            "cgroup.cpu.limit": processors.map { "\($0)" } ?? "none",
            "cgroup.cpu.period_us": period.map { "\($0)" } ?? "none",
            "cgroup.memory.limit_bytes": memory.map { "\($0)" } ?? "none",
            "cgroup.cpuset": processorList ?? "none",
        ]
    }

    // MARK: One group

    private mutating func takeTighter(_ directory: String) {
        if let words = HostFile.line("\(directory)/cpu.max")?.split(separator: " "), words.count == 2 {
            take(quota: UInt64(words[0]), period: UInt64(words[1]))
        }
        // The first version's quota is -1 where there is none.
        take(
            quota: number("\(directory)/cpu.cfs_quota_us"), period: number("\(directory)/cpu.cfs_period_us")
        )
        for name in ["memory.max", "memory.high", "memory.limit_in_bytes"] {
            guard let limit = number("\(directory)/\(name)"), limit < Self.noMemoryLimit else { continue }
            memory = min(memory ?? limit, limit)
        }
    }

    /// Where the first version's numbers of bytes mean "none": the largest multiple of a page, whatever its size.
    private static let noMemoryLimit: UInt64 = 1 << 62

    private mutating func take(quota: UInt64?, period: UInt64?) {
        guard let quota, let period, period > 0 else { return }
        let share = Double(quota) / Double(period)
        guard share < processors ?? .infinity else { return }
        processors = share
        self.period = period
    }

    /// A number in a file; `nil` for `max`, for -1 and for no file.
    private func number(_ path: String) -> UInt64? { HostFile.line(path).flatMap { UInt64($0) } }

    // MARK: Where the groups are

    private struct Mount {
        let isUnified: Bool
        let root: String
        let point: String
        let options: Set<Substring>

        func serves(_ controllers: Set<Substring>) -> Bool {
            isUnified ? controllers.isEmpty : !controllers.isDisjoint(with: options)
        }

        /// The directory of a group and of all above it, the innermost first.
        func directories(of path: String) -> [String] {
            var inner = path == root ? "/" : path
            if root != "/", path.hasPrefix(root + "/") { inner = String(path.dropFirst(root.count)) }
            var parts = inner.split(separator: "/").filter { $0 != ".." }
            var found: [String] = []
            while !parts.isEmpty {
                found.append(point + "/" + parts.joined(separator: "/"))
                parts.removeLast()
            }
            return found + [point]
        }
    }

    /// The lines of `/proc/self/mountinfo` that are of control groups; proc(5).
    private static func mounts(_ text: String) -> [Mount] {
        text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard let dash = words.firstIndex(of: "-"), dash > 5, words.count > dash + 3,
                ["cgroup", "cgroup2"].contains(words[dash + 1])
            else { return nil }
            return Mount(
                isUnified: words[dash + 1] == "cgroup2", root: String(words[3]), point: String(words[4]),
                options: Set(words[dash + 3].split(separator: ","))
            )
        }
    }

    /// The lines of `/proc/self/cgroup`: controllers, none for the second version, and the group's path; cgroups(7).
    private static func memberships(_ text: String) -> [(controllers: Set<Substring>, path: String)] {
        text.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { return nil }
            return (Set(parts[1].split(separator: ",")), String(parts[2]))
        }
    }
}
