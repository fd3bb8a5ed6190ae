extension BadInputTests {
    /// Pairs that are none, or stand where none can.
    static let pairs = [
        BadInput(
            [8: "  paths: [other-node]\n  pairs: [1-1, 4-2]"],
            "9:16: spec.pairs[1]: expected clients and servers such as 1-1, 4-4, 4-1 or 1-4, at most 64 each, as many of both or "
                + "one of either, found 4-2"),
        BadInput(
            [8: "  paths: [other-node]\n  pairs: [04-4]"],
            "9:11: spec.pairs[0]: expected clients and servers such as 1-1, 4-4, 4-1 or 1-4, at most 64 each, as many of both or "
                + "one of either, found 04-4"),
        BadInput(
            [8: "  paths: [pod-to-host]\n  pairs: [4-4]"],
            "9:10: spec.pairs: several clients or servers stand on the paths same-node and other-node only, found pod-to-host; "
                + "measure other paths in a resource of their own"),
        BadInput(
            [5: "  podsPerNode: 200", 8: "  paths: [same-node]\n  pairs: [64-64]"],
            "9:10: spec.pairs: 128 pods measure on one node beside 200 idle ones, and there are addresses for 253"),
        BadInput(
            [
                8: "  paths: [other-node]\n  pairs: [2-2]",
                10:
                    "  - {name: t, tool: packets, protocol: udp, pattern: highest-rate, messageSize: 64B, duration: 1s, lossBelow: 1%}",
            ],
            "9:10: spec.pairs: test t searches, and pairs that search take steps of their own: no sum is of one time; use "
                + "pattern: flood, or measure pairs in a resource of their own"),
        BadInput(
            [
                8: "  paths: [other-node]\n  pairs: [2-2]",
                10:
                    "  - {name: t, tool: latency, protocol: udp, pattern: request-response, messageSize: 64B, duration: 1s, load: {streams: 1}}",
            ],
            "9:10: spec.pairs: test t has a load, which runs beside one client and one server; remove it, or measure pairs in a "
                + "resource of their own"),
    ]
}
