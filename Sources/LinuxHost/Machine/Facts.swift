import Glibc

/// What about a machine can change what is measured on it.
public enum Facts {
    /// Facts by key, such as `kernel.release` and `sysctl.net.core.rmem_max`; what this machine does not say is left
    /// out.
    ///
    /// Read from `/proc`, `/sys` and `/etc/os-release`. Values are as the kernel writes them, with single spaces.
    public static func environment() -> [String: String] {
        environment(root: "").merging(["clock.step_ns": "\(Clock.stepNanoseconds())", formatKey: format]) { _, new in
            new
        }
    }

    /// Which facts a run records at all, so that one that is missing can be told from one that did not exist yet.
    ///
    /// 2: allowed processors, limits of control groups, and hashes of plugins and tools. Runs before that lack the key.
    public static let formatKey = "environment.format"
    private static let format = "2"

    /// The same below another root, for a recorded machine.
    static func environment(root: String) -> [String: String] {
        var facts: [String: String] = [:]
        for (key, path) in files {
            facts[key] = HostFile.line(root + path).map(singleSpaced)
        }
        for key in settings {
            let path = "/proc/sys/" + key.split(separator: ".").joined(separator: "/")
            facts["sysctl.\(key)"] = HostFile.line(root + path).map(singleSpaced)
        }
        let processor = ProcessorFacts(cpuinfo: HostFile.line(root + "/proc/cpuinfo") ?? "")
        facts["cpu.model"] = processor.model
        facts["cpu.count"] = processor.count > 0 ? "\(processor.count)" : nil
        let allowed = AllowedProcessors(status: HostFile.line(root + "/proc/self/status") ?? "")
        facts["cpu.allowed"] = allowed?.list
        facts["cpu.allowed_count"] = allowed.map { "\($0.count)" }
        facts.merge(ControlGroups(root: root).facts) { _, limit in limit }
        facts["memory.total_bytes"] = HostFile.line(root + "/proc/meminfo").flatMap(totalMemory).map { "\($0)" }
        facts["os.name"] = HostFile.line(root + "/etc/os-release").flatMap(systemName)
        facts["kernel.arguments"] = HostFile.line(root + "/proc/cmdline").map(bearingArguments)
        let machine = [facts["dmi.vendor"], facts["dmi.product"]].compactMap { $0 }.joined(separator: " ")
        facts["host.virtualization"] = processor.isVirtual ? (machine.isEmpty ? "virtual machine" : machine) : "none"
        facts["dmi.vendor"] = nil
        facts["dmi.product"] = nil
        return facts
    }

    private static let files = [
        "kernel.release": "/proc/sys/kernel/osrelease",
        "kernel.version": "/proc/sys/kernel/version",
        "boot_id": "/proc/sys/kernel/random/boot_id",
        "clocksource": "/sys/devices/system/clocksource/clocksource0/current_clocksource",
        "cpu.governor": "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor",
        "cpu.turbo_off": "/sys/devices/system/cpu/intel_pstate/no_turbo",
        "cpu.smt": "/sys/devices/system/cpu/smt/control",
        "dmi.vendor": "/sys/class/dmi/id/sys_vendor",
        "dmi.product": "/sys/class/dmi/id/product_name",
    ]

    private static let settings = [
        "net.bridge.bridge-nf-call-iptables", "net.core.busy_poll", "net.core.busy_read", "net.core.default_qdisc",
        "net.core.netdev_budget", "net.core.netdev_budget_usecs", "net.core.netdev_max_backlog",
        "net.core.rmem_default",
        "net.core.rmem_max", "net.core.rps_sock_flow_entries", "net.core.somaxconn", "net.core.wmem_default",
        "net.core.wmem_max", "net.ipv4.ip_forward", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_congestion_control",
        "net.ipv4.tcp_mtu_probing", "net.ipv4.tcp_no_metrics_save", "net.ipv4.tcp_rmem", "net.ipv4.tcp_sack",
        "net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_timestamps", "net.ipv4.tcp_tw_reuse", "net.ipv4.tcp_wmem",
        "net.ipv4.udp_mem", "net.ipv6.conf.all.forwarding", "net.netfilter.nf_conntrack_max",
    ]

    package static func totalMemory(_ meminfo: String) -> UInt64? {
        for line in meminfo.split(separator: "\n") where line.hasPrefix("MemTotal:") {
            let words = line.split(separator: " ")
            return words.count == 3 && words[2] == "kB" ? Kibibytes.bytes(words[1]) : nil
        }
        return nil
    }

    package static func systemName(_ release: String) -> String? {
        for line in release.split(separator: "\n") where line.hasPrefix("PRETTY_NAME=") {
            return String(line.dropFirst("PRETTY_NAME=".count).filter { $0 != "\"" && $0 != "'" })
        }
        return nil
    }

    // A command line may hold names and secrets of a site, so only what bears on timing is kept.
    package static func bearingArguments(_ commandLine: String) -> String {
        let wanted = [
            "clocksource", "cpufreq.default_governor", "idle", "intel_idle.max_cstate", "intel_pstate", "isolcpus",
            "mitigations", "nohz", "nohz_full", "nosmt", "preempt", "processor.max_cstate", "rcu_nocbs", "tsc",
        ]
        return commandLine.split(whereSeparator: \.isWhitespace)
            .filter { word in wanted.contains(String(word.prefix { $0 != "=" })) }
            .joined(separator: " ")
    }

    private static func singleSpaced(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
