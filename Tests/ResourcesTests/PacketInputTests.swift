import Testing

@Suite("Bad input of tests that count packets")
struct PacketInputTests {
    private static let tests = [
        BadInput(
            test: "tool: packets, protocol: udp, duration: 1s, messageSize: 64B",
            "5: spec.tests[0].pattern: tool: packets needs a pattern: flood, highest-rate"),
        BadInput(
            test: "tool: latency, protocol: udp, duration: 1s, pattern: flood, messageSize: 64B",
            "68: spec.tests[0].pattern: tool: latency does request-response, connect-request-close, open-loop, not flood; use tool: packets"
        ),
        BadInput(
            test:
                "tool: packets, protocol: tcp, duration: 1s, pattern: flood, messageSize: [64B, 7B], rate: 5/s, lossBelow: 1%",
            "40: spec.tests[0].protocol: tool: packets sends datagrams, found tcp; use protocol: udp",
            "88: spec.tests[0].messageSize: a packet says which step it is of and needs at least 8B, found 7B",
            "105: spec.tests[0].rate: flood goes as fast as it can; remove this key",
            "121: spec.tests[0].lossBelow: only pattern: highest-rate of tool: packets has a limit; remove this key"),
        BadInput(
            test: "tool: packets, protocol: udp, duration: 11m, pattern: highest-rate, messageSize: 64B, streams: 2",
            "5: spec.tests[0].lossBelow: highest-rate needs the loss that a rate has to stay below, such as 0.1%",
            "55: spec.tests[0].duration: tool: packets takes 10ms to 10m, found 11m",
            "110: spec.tests[0].streams: tool: packets runs one stream at a time, found 2; use tool: iperf3"),
        BadInput(
            test:
                "tool: packets, protocol: udp, duration: 40ms, pattern: highest-rate, messageSize: 64B, lossBelow: 0.001%",
            "55: spec.tests[0].duration: too few packets go in 40ms to tell a loss of 0.001%; use a longer duration or a higher limit"
        ),
        BadInput(
            test:
                "tool: packets, protocol: udp, duration: 1s, pattern: highest-rate, messageSize: 64B, rate: 5/s, lossBelow: 0%",
            "106: spec.tests[0].rate: highest-rate finds its rates itself; remove this key",
            "122: spec.tests[0].lossBelow: expected 0.001% to 50%, found 0%"),
    ]

    @Test("is answered with its place", arguments: tests)
    func inTests(input: BadInput) { #expect(problems(in: input.yaml) == input.expected) }
}
