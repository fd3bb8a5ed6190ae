import Contract
import Netlink
import Quantities
import Testing

@testable import TrafficShaping

@Suite("With what a connection tracker is filled")
struct TrackerFillTests {
    @Test("each connection is another one, between addresses of the range for measurements, with our mark")
    func entries() throws {
        let range = try CIDR(parsing: "198.18.0.0/15")
        let numbers = [0, 1, 65_535, 65_536, 65_537, 1_048_575].map { UInt32($0) } + (131_000..<133_000)
        let entries = numbers.map { TrackerFill.entry($0, timeoutSeconds: 7) }
        #expect(Set(entries).count == numbers.count)
        for entry in entries {
            let addresses = [try #require(entry.source.address), try #require(entry.destination.address)]
            #expect(addresses.allSatisfy { range.contains($0) } && addresses[0] != addresses[1])
            #expect(entry.mark == TrackerFill.mark && entry.timeoutSeconds == 7 && entry.sourcePort > 0)
        }
    }

    @Test(
        "the kernel forgets at the deadline or within a second of it, and never at once",
        arguments: [(0, 60_000_000_000, 60), (1, 60_000_000_000, 60), (59_000_000_001, 60_000_000_000, 1), (9, 5, 1)])
    func timeouts(_ now: UInt64, _ deadline: UInt64, _ seconds: UInt32) {
        #expect(TrackerFill.timeoutSeconds(from: now, until: deadline) == seconds)
    }

    @Test("no limit, one that is too high, and too little memory are refused with the way out")
    func refusals() throws {
        func refusal(_ limit: Int, entries: Int = 0, memory: UInt64? = 1 << 40) -> String? {
            TrackerFill.refusal(ConntrackCounts(entries: entries, limit: limit), memory: memory)
                .map { "\($0.cause); \($0.nextStep)" }
        }
        #expect(refusal(262_144) == nil && refusal(1_048_576) == nil)
        #expect(refusal(0)?.contains("no limit") == true)
        let high = try #require(refusal(1_048_577))
        #expect(high.contains("room for 1048577") && high.contains("at most 1048576") && high.contains("lower"))
        // 128 MiB for 262,144 connections, of which half of what is free may be had.
        #expect(refusal(262_144, memory: 256 << 20) == nil)
        #expect(refusal(262_144, memory: 255 << 20)?.contains("about 128 MiB") == true)
        #expect(refusal(262_144, entries: 2_144, memory: 255 << 20) == nil, "only what is not there takes any")
        #expect(refusal(262_144, memory: nil) == nil)
    }

    @Test("the rule has connections tracked and lets everything pass")
    func rules() {
        #expect(
            TrackerRules.text == """
                add table inet nm-conntrack
                add chain inet nm-conntrack track { type filter hook prerouting priority 0; policy accept; }
                add rule inet nm-conntrack track ct state new counter

                """)
    }
}
