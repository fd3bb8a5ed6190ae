import Foundation
import TestSupport
import Testing

@testable import LinuxHost

@Suite("Facts of the machine")
struct FactsTests {
    static let cpuinfo = """
        processor\t: 0
        model name\t: Intel(R) Xeon(R)  Processor @ 2.80GHz
        flags\t\t: fpu vme hypervisor lahf_lm
        processor\t: 1
        model name\t: Intel(R) Xeon(R)  Processor @ 2.80GHz
        flags\t\t: fpu vme hypervisor lahf_lm
        """

    @Test("a recorded machine is described by its files")
    func recorded() throws {
        let facts = try ScratchDirectory.with { root in
            try write("6.18.44\n", to: root + "/proc/sys/kernel/osrelease")
            try write("4096\t131072\t6291456\n", to: root + "/proc/sys/net/ipv4/tcp_rmem")
            try write(Self.cpuinfo, to: root + "/proc/cpuinfo")
            try write("MemTotal:       24682320 kB\nMemFree: 1 kB\n", to: root + "/proc/meminfo")
            try write("NAME=\"Debian\"\nPRETTY_NAME=\"Debian GNU/Linux 12\"\n", to: root + "/etc/os-release")
            try write("quiet token=secret mitigations=off nohz_full=1\n", to: root + "/proc/cmdline")
            try write("QEMU\n", to: root + "/sys/class/dmi/id/sys_vendor")
            return Facts.environment(root: root)
        }
        #expect(
            facts == [
                "kernel.release": "6.18.44",
                "sysctl.net.ipv4.tcp_rmem": "4096 131072 6291456",
                "cpu.model": "Intel(R) Xeon(R) Processor @ 2.80GHz",
                "cpu.count": "2",
                "memory.total_bytes": "25274695680",
                "os.name": "Debian GNU/Linux 12",
                "kernel.arguments": "mitigations=off nohz_full=1",
                "host.virtualization": "QEMU",
            ]
        )
    }

    @Test("an empty machine has no facts but that it is not seen to be virtual")
    func empty() throws {
        let facts = try ScratchDirectory.with { Facts.environment(root: $0) }
        #expect(facts == ["host.virtualization": "none"])
    }

    @Test("this machine says its kernel, processors and memory")
    func here() throws {
        let facts = Facts.environment()
        #expect(facts["kernel.release"]?.isEmpty == false)
        #expect(facts["boot_id"]?.count == 36)
        #expect(try #require(facts["cpu.count"].flatMap(Int.init)) > 0)
        #expect(try #require(facts["memory.total_bytes"].flatMap(UInt64.init)) > 1 << 20)
        #expect(facts.values.allSatisfy { !$0.contains("\n") && !$0.contains("\t") })
    }

    @Test(
        "memory in a form that is not known is left out", arguments: ["", "MemTotal: 5", "MemTotal: x kB", "Mem: 1 kB"])
    func memory(text: String) {
        #expect(Facts.totalMemory(text) == nil)
    }

    private func write(_ text: String, to path: String) throws {
        let directory = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }
}
