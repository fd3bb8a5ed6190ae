extension BadInputTests {
    /// Segments of a given size, where there are none or of one that nobody takes.
    static let segments = [
        BadInput(
            test: "tool: iperf3, protocol: tcp, duration: 1s, mss: [536B, 87B]",
            "70: spec.tests[0].mss[1]: expected 88B to 32767B, found 87B"),
        BadInput(
            test: "tool: iperf3, protocol: udp, rate: 1Mbit, duration: 1s, mss: 536B",
            "76: spec.tests[0].mss: udp has no segments; use protocol: tcp"),
        BadInput(
            test: "tool: netperf, protocol: tcp, pattern: stream, duration: 1s, mss: 536B",
            "81: spec.tests[0].mss: only streams of tool: iperf3 have segments of a given size; remove this key"),
    ]
}
