extension BadInputTests {
    /// Several requests at once, where they cannot be.
    static let concurrency = [
        BadInput(
            test:
                "tool: latency, protocol: tcp, duration: 1s, pattern: request-response, messageSize: 64B, connections: 4097",
            "117: spec.tests[0].connections: expected a whole number from 1 to 4096, found 4097"),
        BadInput(
            test: "tool: latency, protocol: tcp, duration: 1s, pattern: request-response, messageSize: 64B, burst: 65",
            "111: spec.tests[0].burst: expected a whole number from 1 to 64, found 65"),
        BadInput(
            test:
                "tool: latency, protocol: udp, duration: 1s, pattern: request-response, messageSize: 64B, connections: 2",
            "117: spec.tests[0].connections: udp has no connections; remove this key, or use protocol: tcp"),
        BadInput(
            test: "tool: iperf3, protocol: tcp, duration: 1s, burst: 2",
            "65: spec.tests[0].burst: only tool: latency has several requests on a connection at once; remove this key"),
        BadInput(
            test:
                "tool: latency, protocol: tcp, duration: 1s, pattern: connect-request-close, messageSize: 64B, burst: 2",
            "116: spec.tests[0].burst: connect-request-close has no burst; remove this key, or use pattern: request-response"
        ),
        BadInput(
            test:
                "tool: latency, protocol: tcp, duration: 1s, pattern: open-loop, rate: 5/s, messageSize: 64B, connections: 2",
            "121: spec.tests[0].connections: an open loop has one connection; remove this key, or use pattern: request-response"
        ),
        BadInput(
            test: "tool: latency, protocol: tcp, duration: 1s, pattern: request-response, messageSize: 64KiB,"
                + " connections: 4096, burst: 2",
            "119: spec.tests[0].connections: 512MiB would be under way at once, and at most 256MiB may; use fewer connections, "
                + "a smaller burst or smaller messages"),
    ]
}
