import Testing

@testable import Reports

@Suite("names of metrics are taken apart")
struct MetricNameTests {
    @Test(
        "base, position and percentile",
        arguments: [
            ("connect_random_p999", "connect", "random", 99.9), ("connect_last_p01", "connect", "last", 1),
            ("udp_first_packet_last_p50", "udp_first_packet", "last", 50), ("established_p50", "established", nil, 50),
            ("program_wall", "program_wall", nil, nil), ("rules_traversed_last", "rules_traversed", "last", nil),
            ("random", "random", nil, nil), ("p50", "p50", nil, nil), ("first_packet", "first_packet", nil, nil),
            ("hop_p5x", "hop_p5x", nil, nil), ("a_p", "a_p", nil, nil), ("", "", nil, nil),
        ] as [(String, String, String?, Double?)]
    )
    func parts(text: String, base: String, position: String?, rank: Double?) {
        let name = MetricName(text)
        #expect(name.base == base && name.position == position && name.rank == rank)
    }

    @Test("metrics that differ in their position alone are a family")
    func family() {
        #expect(MetricName("connect_random_p99").family == MetricName("connect_last_p99").family)
        #expect(MetricName("connect_random_p99").family != MetricName("connect_random_p50").family)
        #expect(MetricName("connect_random_p99").stem == "connect_random")
    }
}
