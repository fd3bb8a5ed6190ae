import LinuxHost
import TestSupport
import Testing

@Suite(
    "Kernel settings in a namespace", .serialized,
    .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)), .leavesNothing("sysctl")
)
struct LinuxHostSysctlTests {
    /// A namespace may begin with the machine's value, so each test begins by writing one of its own.
    @Test(
        "a setting that was written is read back, whatever the machine's is",
        arguments: [
            ("net.ipv4.ip_forward", "0", "1"), ("net.ipv6.conf.all.forwarding", "0", "1"),
            ("net.ipv6.conf.default.accept_dad", "1", "0"), ("net/ipv4/conf/lo/rp_filter", "0", "2"),
            ("net.ipv4.ip_local_port_range", "32768\t60999", "20000\t30000"),
        ]
    )
    func roundTrip(key: String, first: String, second: String) throws {
        try ScratchNamespace.with("sysctl") { namespace, _ in
            for value in [first, second, first] {
                try Sysctl.write(key, value, in: namespace)
                let read = try Sysctl.read(key, in: namespace)
                #expect(read == value)
            }
        }
    }

    @Test("a setting in one namespace changes no other")
    func isolation() throws {
        let key = "net.ipv4.ip_default_ttl"
        let host = try Sysctl.read(key, in: try NetworkNamespace.current())
        try ScratchNamespace.with("sysctl") { first, _ in
            try ScratchNamespace.with("sysctl") { second, _ in
                let before = try Sysctl.read(key, in: second)
                let value = before == "33" ? "34" : "33"
                try Sysctl.write(key, value, in: first)
                let (written, untouched) = (try Sysctl.read(key, in: first), try Sysctl.read(key, in: second))
                #expect(written == value)
                #expect(untouched == before)
            }
        }
        let after = try Sysctl.read(key, in: try NetworkNamespace.current())
        #expect(after == host)
    }

    @Test(
        "what the kernel does not take is an error with its name",
        arguments: [("net.ipv4.never_was", "1"), ("net.ipv4.ip_default_ttl", "many"), ("net.ipv4.ip_default_ttl", "0")]
    )
    func refusal(key: String, value: String) throws {
        try ScratchNamespace.with("sysctl") { namespace, _ in
            do throws(HostError) {
                try Sysctl.write(key, value, in: namespace)
                Issue.record("\(key) = \(value) was taken")
            } catch {
                #expect(error.description.contains(key))
                #expect(error.errno != 0)
            }
        }
    }
}
