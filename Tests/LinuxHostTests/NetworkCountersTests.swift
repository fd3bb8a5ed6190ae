import LinuxHost
import Testing

/// What the kernel counts of a namespace.
@Suite struct NetworkCountersTests {
    @Test func readErrorsAndDropsOfBothDirections() {
        let text = """
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                lo:    5000      50    0    0    0     0          0         0     5000      50    0    0    0     0       0          0
              eth0: 12345678   9000    1    2    0     0          0         0   345678    4000    4    8    0     0       0          0
            """
        #expect(NetworkCounters.linkDrops(in: text) == ["lo": 0, "eth0": 15])
        #expect(NetworkCounters.linkDrops(in: "rubbish: 1 2").isEmpty)
    }

    @Test func findTheOverflowsByTheirName() {
        let text = "TcpExt: SyncookiesSent ListenOverflows ListenDrops\nTcpExt: 1 7 9\nIpExt: InNoRoutes\nIpExt: 3\n"
        #expect(NetworkCounters.listenOverflows(in: text) == 7)
        #expect(NetworkCounters.listenOverflows(in: "TcpExt: ListenOverflows\n") == 0)
    }

    @Test func addUpTheProcessorsHexadecimalNumbers() {
        let backlog = NetworkCounters.backlog(in: "0000ff00 0000000a 00000001 0\n00000001 00000010 00000002 0\n")
        #expect(backlog.drops == 26)
        #expect(backlog.squeezes == 3)
    }

    @Test func readThisMachine() {
        #expect(NetworkCounters.read().linkDrops["lo"] != nil)
        #expect(ProcessorUse.residentBytes() > 1_000_000)
        #expect(WallClock.monotonic(at: WallClock.nanoseconds()) <= Clock.monotonicNanoseconds())
    }
}
