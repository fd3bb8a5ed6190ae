import KernelGuest
import LinuxHost
import Probes

/// Texts of `/proc`, `/sys`, `/etc/os-release`, and of the lists of kernel modules.
struct KernelFactsEntrance: Entrance {
    let name = "facts"
    let words = [
        "cpu  ", "MemTotal: ", " kB\n", "Slab: ", "VmallocUsed: ", "Percpu: ", "VmHWM:\t", "processor\t: 0\n",
        "model name\t: ",
        "flags\t\t: hypervisor\n", "PRETTY_NAME=\"", "  eth0: ", "lo:", "Tcp: ", "RetransSegs", " |bytes\n", "0A",
        "00000000:1F90", "mitigations=off", "\n",
        " ", "\t",
        "kernel/net/ipv4/tcp.ko: ", ".ko.xz", ".ko",
    ]

    func take(_ input: [UInt8]) throws(Violation) -> Answer {
        let text = String(decoding: input, as: UTF8.self)
        var found = ""
        if let times = CPUTimes(procStat: text, ticksPerSecond: 100) {
            found += "c"
            for (name, value) in [
                ("busy", times.busy), ("idle", times.idle), ("steal", times.steal), ("softirq", times.softirq),
            ] {
                try Violation.unless(value.isFinite && value >= 0, "times are numbers from 0", "\(name) is \(value)")
            }
        }
        if Facts.totalMemory(text) != nil { found += "m" }
        if Facts.systemName(text) != nil { found += "n" }
        if !Facts.bearingArguments(text).isEmpty { found += "a" }
        let processors = ProcessorFacts(cpuinfo: text)
        if processors.count > 0 { found += "p" }
        if processors.isVirtual { found += "v" }
        let memory = KernelMemory.bytes(in: text)
        try Violation.unless(memory >= 0, "memory is not negative", "\(memory)")
        if memory > 0 { found += "k" }
        if LinkCounters.sentPackets(of: "eth0", in: text) > 0 { found += "l" }
        if let drops = NetworkCounters.linkDrops(in: text) {
            found += "d"
            try Violation.unless(!drops.keys.contains { $0.contains("\n") }, "a link's name is of one line", "\(drops)")
        }
        if NetworkCounters.number("RetransSegs", of: "Tcp", in: text) != nil { found += "r" }
        if NetworkCounters.backlog(in: text) != nil { found += "b" }
        if ProcessStatus.peakBytes(in: text) != nil { found += "h" }
        if !ListeningPorts.parse(text).isEmpty { found += "t" }
        found += try modules(text)
        return found.isEmpty ? .refused("") : .accepted(found)
    }

    private func modules(_ text: String) throws(Violation) -> String {
        let modules = ModuleDependencies(dependencies: text, builtIn: "kernel/net/core/core.ko\n")
        guard modules.contains("tcp") else { return "" }
        let files: [String]
        do throws(GuestError) {
            files = try modules.files(for: ["tcp"])
        } catch {
            throw Violation("a module that is there has files", "\(error)")
        }
        try Violation.unless(Set(files).count == files.count, "a module is loaded once", "\(files)")
        return "d"
    }
}
