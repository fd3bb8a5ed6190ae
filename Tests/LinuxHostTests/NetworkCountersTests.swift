import LinuxHost
import Testing

/// What the kernel counts of a namespace.
@Suite("counters of the network")
struct NetworkCountersTests {
    /// `/proc/net/dev` of a kernel 6.18 with two links.
    static let devices = """
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
            lo: 380000753376 91577417    0    0    0     0          0         0 380000753376 91577417    0    0    0     0       0          0
          eth0: 12345678   9000    1    2    0     0          0         0   345678    4000    4    8    0     0       0          0

        """

    /// Two groups of `/proc/net/snmp` of the same kernel.
    static let protocols = """
        Ip: Forwarding DefaultTTL InReceives InHdrErrors InAddrErrors
        Ip: 2 64 89037139 0 0
        Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets CurrEstab InSegs OutSegs RetransSegs InErrs OutRsts InCsumErrors
        Tcp: 1 200 120000 -1 90187 89253 435 21971 0 21172692 21167543 1480 0 13307 0

        """

    /// `/proc/net/softnet_stat` of the same kernel with two processors.
    static let processors = """
        1d29f427 0000060c 00000246 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
        12bb4766 0000044c 00000009 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000001 00000000 00000000

        """

    @Test("errors and drops of both directions are added up for each link")
    func links() {
        #expect(NetworkCounters.linkDrops(in: Self.devices) == ["lo": 0, "eth0": 15])
    }

    @Test("a number is found by its protocol and its name")
    func protocolNumbers() {
        let text = "TcpExt: SyncookiesSent ListenOverflows ListenDrops\nTcpExt: 1 7 9\nIpExt: InNoRoutes\nIpExt: 3\n"
        #expect(NetworkCounters.number("ListenOverflows", of: "TcpExt", in: text) == 7)
        #expect(NetworkCounters.number("RetransSegs", of: "Tcp", in: Self.protocols) == 1480)
        #expect(NetworkCounters.number("RetransSegs", of: "Ip", in: Self.protocols) == nil)
    }

    @Test("the processors' hexadecimal numbers are added up")
    func backlog() throws {
        let backlog = try #require(NetworkCounters.backlog(in: Self.processors))
        #expect(backlog.drops == 0x60c + 0x44c)
        #expect(backlog.squeezes == 0x246 + 9)
    }

    @Test(
        "a damaged list of links is none",
        arguments: [
            "", "rubbish: 1 2", devices.replacing("345678    4000", with: "3456784000"),
            devices.replacing("9000", with: "x"),
            devices.replacing("eth0:", with: "eth0"), devices.replacing("eth0:", with: "lo:"),
            devices + "  eth1: 1 2 3\n", devices.replacing("|", with: " "),
        ])
    func damagedLinks(text: String) { #expect(NetworkCounters.linkDrops(in: text) == nil) }

    @Test(
        "damaged lists of numbers have no number",
        arguments: [
            "", "Tcp: RetransSegs\n", protocols.replacing("1480 ", with: ""), protocols.replacing("1480", with: "-1"),
            protocols.replacing("RetransSegs", with: "Retrans"), protocols + "Tcp: 1\n",
        ])
    func damagedNumbers(text: String) {
        #expect(NetworkCounters.number("RetransSegs", of: "Tcp", in: text) == nil)
    }

    @Test(
        "damaged counters of processors are none",
        arguments: [
            "", "1 2\n", processors.replacing("0000044c", with: "0000044g"), processors + "1 2 3\n",
            processors.replacing("0000060c", with: "10000060c"),
        ])
    func damagedBacklog(text: String) { #expect(NetworkCounters.backlog(in: text) == nil) }

    @Test("this machine says all that every kernel counts")
    func thisMachine() {
        let counters = NetworkCounters.read()
        #expect(counters.linkDrops?["lo"] != nil)
        #expect(counters.listenOverflows != nil && counters.retransmits != nil)
        #expect(counters.backlogDrops != nil && counters.squeezes != nil)
        #expect(ProcessorUse.residentBytes() > 1_000_000)
        #expect(WallClock.monotonic(at: WallClock.nanoseconds()) <= Clock.monotonicNanoseconds())
    }
}
