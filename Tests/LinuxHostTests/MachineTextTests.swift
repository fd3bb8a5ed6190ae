import Testing

@testable import LinuxHost

@Suite("What /proc says about links and kernel memory")
struct MachineTextTests {
    private static let links = """
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
            lo:     120       2    0    0    0     0          0         0      120       2    0    0    0     0       0          0
         dead0: 5006310   12345    1    2    3     4          5         6  7654321   98765    0    0    0     0       0          0
        """

    @Test("sent packets are the second number of the right half")
    func sentPackets() {
        #expect(LinkCounters.sentPackets(of: "dead0", in: Self.links) == 98_765)
        #expect(LinkCounters.sentPackets(of: "lo", in: Self.links) == 2)
        #expect(LinkCounters.sentPackets(of: "dead", in: Self.links) == 0)
        #expect(LinkCounters.sentPackets(of: "dead0", in: "") == 0)
    }

    @Test("the kernel's memory is its objects, its large tables and what each processor has")
    func kernelMemory() {
        let text = """
            MemTotal:       24624552 kB
            Slab:             100 kB
            SReclaimable:      60 kB
            VmallocTotal:   34359738367 kB
            VmallocUsed:       20 kB
            Percpu:             3 kB
            HugePages_Total:       0
            """
        #expect(KernelMemory.bytes(in: text) == 123 * 1_024)
        #expect(KernelMemory.bytes(in: "rubbish") == 0)
    }

    @Test(
        "the high-water mark of a process is read from its status",
        arguments: [
            ("Name:\tbridge\nVmPeak:\t  9000 kB\nVmHWM:\t    8192 kB\nVmRSS:\t  100 kB\n", UInt64(8_388_608)),
            ("Name:\tkthreadd\n", nil), ("VmHWM:\tmany kB\n", nil), ("VmHWM:\t5 MB\n", nil), ("", nil),
        ] as [(String, UInt64?)]
    )
    func peakMemory(_ status: String, _ bytes: UInt64?) {
        #expect(ProcessStatus.peakBytes(in: status) == bytes)
    }
}
