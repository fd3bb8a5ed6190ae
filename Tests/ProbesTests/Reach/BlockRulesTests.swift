import Contract
import Quantities
import Testing

@testable import Probes

@Suite("Rules that keep packets from a place")
struct BlockRulesTests {
    @Test("every packet, one sender's, and a port's over both transports")
    func text() {
        let rules = BlockRules([
            .init(), .init(from: IPAddress(10, 0, 0, 1), rejects: true), .init(port: 80),
        ])
        #expect(
            rules.text == """
                add table inet nm-blocks
                add chain inet nm-blocks input { type filter hook input priority -10; policy accept; }
                add rule inet nm-blocks input drop
                add rule inet nm-blocks input ip saddr 10.0.0.1 meta l4proto tcp reject with tcp reset
                add rule inet nm-blocks input ip saddr 10.0.0.1 reject
                add rule inet nm-blocks input tcp dport 80 drop
                add rule inet nm-blocks input udp dport 80 drop

                """)
    }
}
