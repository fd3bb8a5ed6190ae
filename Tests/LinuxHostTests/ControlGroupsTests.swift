import Foundation
import TestSupport
import Testing

@testable import LinuxHost

@Suite("Limits of control groups and allowed processors")
struct ControlGroupsTests {
    private func write(_ text: String, to path: String) throws {
        let directory = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try (text + "\n").write(toFile: path, atomically: false, encoding: .utf8)
    }

    private func facts(_ files: [String: String]) throws -> [String: String] {
        try ScratchDirectory.with { root in
            for (path, text) in files { try write(text, to: root + path) }
            return ControlGroups(root: root).facts
        }
    }

    private static let unified = "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate"

    @Test("the second version: the tightest of all groups above, and the processors of the innermost that says them")
    func second() throws {
        let found = try facts([
            "/proc/self/mountinfo": Self.unified, "/proc/self/cgroup": "0::/system.slice/run.scope",
            "/sys/fs/cgroup/system.slice/run.scope/cpu.max": "max 100000",
            "/sys/fs/cgroup/system.slice/run.scope/memory.max": "max",
            "/sys/fs/cgroup/system.slice/run.scope/cpuset.cpus.effective": "0-1",
            "/sys/fs/cgroup/system.slice/cpu.max": "50000 100000",
            "/sys/fs/cgroup/system.slice/memory.max": "2147483648", "/sys/fs/cgroup/memory.high": "1073741824",
            "/sys/fs/cgroup/cpu.max": "20000 10000", "/sys/fs/cgroup/cpuset.cpus.effective": "0-7",
        ])
        #expect(
            found == [
                "cgroup.cpu.limit": "0.5", "cgroup.cpu.period_us": "100000",
                "cgroup.memory.limit_bytes": "1073741824", "cgroup.cpuset": "0-1",
            ])
    }

    @Test("the first version: quota by period, no number for no limit, each controller at its own place")
    func first() throws {
        let mounts = [
            "33 31 0:30 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct",
            "34 31 0:31 /docker/abc /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory",
            "35 31 0:32 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset",
        ]
        let found = try facts([
            "/proc/self/mountinfo": mounts.joined(separator: "\n"),
            "/proc/self/cgroup": "5:memory:/docker/abc/inner\n4:cpu,cpuacct:/a/b\n3:cpuset:/c\n2:name=x:/",
            "/sys/fs/cgroup/cpu,cpuacct/a/b/cpu.cfs_quota_us": "-1",
            "/sys/fs/cgroup/cpu,cpuacct/a/b/cpu.cfs_period_us": "100000",
            "/sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_quota_us": "150000",
            "/sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_period_us": "50000",
            "/sys/fs/cgroup/memory/inner/memory.limit_in_bytes": "9223372036854771712",
            "/sys/fs/cgroup/memory/memory.limit_in_bytes": "536870912",
            "/sys/fs/cgroup/cpuset/c/cpuset.effective_cpus": "3",
        ])
        #expect(
            found == [
                "cgroup.cpu.limit": "3.0", "cgroup.cpu.period_us": "50000", "cgroup.memory.limit_bytes": "536870912",
                "cgroup.cpuset": "3",
            ])
    }

    @Test("no limit is said as none, and a machine without groups says nothing")
    func none() throws {
        let found = try facts([
            "/proc/self/mountinfo": Self.unified, "/proc/self/cgroup": "0::/", "/sys/fs/cgroup/cpu.max": "max 100000",
        ])
        #expect(Set(found.values) == ["none"] && found.count == 4)
        #expect(try facts([:]).isEmpty)
        #expect(try facts(["/proc/self/mountinfo": "nonsense - cgroup2", "/proc/self/cgroup": "::::"]).isEmpty)
    }

    @Test(
        "allowed processors are counted from the kernel's list",
        arguments: [("0", 1), ("0-1", 2), ("0-3,8", 5), ("1,3,5-7", 5)])
    func allowed(list: String, count: Int) throws {
        let found = try #require(
            AllowedProcessors(status: "Name:\tx\nCpus_allowed:\tff\nCpus_allowed_list:\t\(list)\n"))
        #expect(found.list == list && found.count == count)
    }

    @Test("a list that is not understood is no list", arguments: ["", "a", "3-1", "1-2-3", "Cpus_allowed_list:"])
    func notAllowed(list: String) {
        #expect(AllowedProcessors(status: "Cpus_allowed_list:\t\(list)") == nil)
    }

    @Test("this process says its own processors and limits")
    func here() throws {
        let facts = Facts.environment()
        #expect(try #require(facts["cpu.allowed_count"].flatMap(Int.init)) > 0)
        #expect(facts[Facts.formatKey] == "2")
    }
}
