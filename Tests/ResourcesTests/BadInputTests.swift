import Contract
import Resources
import Testing

/// A resource with something wrong in it, and what is said about that.
struct BadInput: Sendable, CustomTestStringConvertible {
    let yaml: String
    let expected: [String]

    init(_ replacements: [Int: String], _ expected: String...) {
        self.yaml = Sample.yaml(replacements)
        self.expected = expected.map { "t.yaml:\($0)" }
    }

    init(test: String, _ expected: String...) {
        self.yaml = Sample.yaml(test: test)
        self.expected = expected.map { "t.yaml:10:\($0)" }
    }

    var testDescription: String { expected.first ?? "" }
}

@Suite("Bad input is answered with its place, what was expected and what was found")
struct BadInputTests {
    private static let keysOfTests =
        "name, tool, protocol, pattern, streams, connections, burst, direction, rate, messageSize, mss, load, duration, omit, processors, timeout, "
        + "lossBelow"
    private static let keysOfSpec =
        "nodes, podsPerNode, networks, baseline, paths, pairs, proxy, families, tests, capacity, conditions, repetitions, warmUp, settle, seed"
    private static let paths =
        "loopback, same-node, other-node, pod-to-host, host-to-pod, host-to-other-host, service-same-node, service-other-node, "
        + "node-port, hairpin, egress"
    private static let name = "expected a name of lower-case letters, digits and dashes, at most 20 long"
    private static let duration = "expected a duration with a unit, such as 250ms, 1s or 2m"

    private static let kinds =
        "one of CNIPerformance, CNIBenchmark, NetworkScalabilityTest, NetworkConnectivityTest, "
        + "NetworkTrafficShaper, Scenario, NetworkProblemDetector"

    private static let envelope = [
        BadInput(
            [1: "apiVersion: networkmachinery.io/v1"],
            "1:13: apiVersion: expected networkmachinery.io/v1alpha1, found networkmachinery.io/v1. Did you mean \"networkmachinery.io/v1alpha1\"?"
        ),
        BadInput(
            [2: "kind: CNIPerfomance"],
            "2:7: kind: expected \(kinds), found CNIPerfomance. Did you mean \"CNIPerformance\"?"
        ),
        BadInput([2: "kind: Pod"], "2:7: kind: expected \(kinds), found Pod"),
        BadInput([2: "# none"], "1:1: kind: the key is missing; expected \(kinds)"),
        BadInput(
            [2: "kynd: CNIPerformance"],
            "1:1: kind: the key is missing; expected \(kinds)",
            "2:1: kynd: unknown key; the keys here are apiVersion, kind, metadata, spec. Did you mean \"kind\"?"),
        BadInput(
            [3: "metadata: {}"],
            "3:11: metadata.name: the key is missing; expected a name of lower-case letters, digits and dashes, at most 63 long"
        ),
        BadInput(
            [3: "metadata: {name: sample, labels: {a: 1}}"],
            "3:38: metadata.labels.a: expected a text, found 1: put it in quotes"),
        BadInput(
            [3: "metadata: {name: sample, labels: [a]}"], "3:34: metadata.labels: expected a mapping, found a list"),
        BadInput(
            [3: "metadata: sample"], "3:11: metadata: expected a mapping with the keys name, labels, found sample"),
    ]

    private static let spec = [
        BadInput([5: "  nodes: two"], "5:10: spec.nodes: expected a whole number from 1 to 64, found two"),
        BadInput([5: "  nodes: 0"], "5:10: spec.nodes: expected a whole number from 1 to 64, found 0"),
        BadInput([5: "  nodes: 65"], "5:10: spec.nodes: expected a whole number from 1 to 64, found 65"),
        BadInput([5: "  nodes: 2.0"], "5:10: spec.nodes: expected a whole number from 1 to 64, found 2.0"),
        BadInput([5: "  nodes: \"2\""], "5:10: spec.nodes: expected a whole number from 1 to 64, found \"2\""),
        BadInput([5: "  nodes: [2]"], "5:10: spec.nodes: expected a whole number from 1 to 64, found a list"),
        BadInput([5: "  nodes:"], "5:9: spec.nodes: expected a whole number from 1 to 64, found nothing"),
        BadInput(
            [5: "  node: 2"], "5:3: spec.node: unknown key; the keys here are \(keysOfSpec). Did you mean \"nodes\"?"),
        BadInput([5: "  podsPerNode: 201"], "5:16: spec.podsPerNode: expected a whole number from 0 to 200, found 201"),
        BadInput([5: "  nodes: 2\n  nodes: 3"], "6:3: spec.nodes: the key is there twice, first on line 5"),
        BadInput(
            [5: "  nodes: 1", 8: "  paths: [other-node]"],
            "5:10: spec.nodes: the path other-node needs at least 2 nodes, found 1"),
        BadInput(
            [5: "  nodes: 1", 8: "  paths: [same-node, node-port]"],
            "5:10: spec.nodes: the path node-port needs at least 2 nodes, found 1"),
        BadInput(
            [5: "  proxy: none", 8: "  paths: [hairpin]"],
            "5:10: spec.proxy: the path hairpin needs a proxy; choose another one, or leave the path out"),
        BadInput(
            [5: "  proxy: nftables"],
            "5:10: spec.proxy: no path has a service; remove this key, or measure such as service-same-node"),
        BadInput([5: "  baseline: hots"], "5:13: spec.baseline: expected host, found hots. Did you mean \"host\"?"),
        BadInput(
            [5: "  baseline: host", 7: "  - {name: host, preset: ptp}"],
            "5:13: spec.baseline: a network has the name of the baseline, host; rename it"),
        BadInput([5: "  warmUp: 50"], "5:11: spec.warmUp: \(duration), found 50: it has no unit"),
        BadInput([5: "  warmUp: 2m"], "5:11: spec.warmUp: expected 0s to 1m, found 2m"),
        BadInput([5: "  seed: -1"], "5:9: spec.seed: expected a whole number from 0 to 18446744073709551615, found -1"),
        BadInput(
            [5: "  settle: {window: 1s, patience: 10ms}"],
            "5:34: spec.settle.patience: the patience is 10ms, and below the window of 1s"),
        BadInput(
            [5: "  settle: {maximumBackground: 20}"],
            "5:31: spec.settle.maximumBackground: expected a percentage, such as 5% or 0.5%, found 20: it has no unit"),
        BadInput(
            [5: "  settle: {maximumBackground: 120%}"],
            "5:31: spec.settle.maximumBackground: expected 0% to 100%, found 120%"),
        BadInput(
            [8: "  paths: []"], "8:10: spec.paths: expected at least one of \(paths), found an empty list"),
        BadInput(
            [8: "  paths: same-node"], "8:10: spec.paths: expected a list of \(paths), found same-node"),
        BadInput(
            [8: "  paths: [same-node, samenode]"],
            "8:22: spec.paths[1]: expected one of \(paths), found samenode. Did you mean \"same-node\"?"),
        BadInput(
            [8: "  paths: [same-node, same-node]"],
            "8:22: spec.paths[1]: same-node is there twice, first as spec.paths[0]"),
        BadInput(
            [8: "  # none"], "5:3: spec.paths: the key is missing; expected a list of paths (\(paths))"),
        BadInput(
            [5: "  families: [ipv5]"],
            "5:14: spec.families[0]: expected one of ipv4, ipv6, found ipv5. Did you mean \"ipv4\"?"),
        BadInput(
            [5: "  families: [ipv6, ipv6]"], "5:20: spec.families[1]: ipv6 is there twice, first as spec.families[0]"),
    ]

    private static let networks = [
        BadInput(
            [7: "  - {name: Bridge, preset: bridge}"],
            "7:12: spec.networks[0].name: \(name), found Bridge: it contains \"B\""),
        BadInput(
            [7: "  - {name: -a, preset: bridge}"],
            "7:12: spec.networks[0].name: \(name), found -a: it begins or ends with a dash"),
        BadInput(
            [7: "  - {name: abcdefghijklmnopqrstu, preset: bridge}"],
            "7:12: spec.networks[0].name: \(name), found abcdefghijklmnopqrstu: it is 21 long"),
        BadInput(
            [7: "  - {name: \"\", preset: bridge}"], "7:12: spec.networks[0].name: \(name), found \"\": it is empty"),
        BadInput(
            [7: "  - {name: 5, preset: bridge}"], "7:12: spec.networks[0].name: \(name), found 5: put it in quotes"),
        BadInput(
            [7: "  - {name: a, preset: vxlan}"],
            "7:23: spec.networks[0].preset: expected one of bridge, bridge-vxlan, ptp, found vxlan. Did you mean \"bridge-vxlan\"?"
        ),
        BadInput(
            [7: "  - {name: a, preset: calico}"],
            "7:23: spec.networks[0].preset: expected one of bridge, bridge-vxlan, ptp, found calico"),
        BadInput(
            [7: "  - {name: a}"],
            "7:5: spec.networks[0].preset: a network needs a preset (bridge, bridge-vxlan, ptp) or a conflist"),
        BadInput(
            [7: "  - {name: a, preset: ptp, conflist: x}"],
            "7:23: spec.networks[0].preset: a network has a preset or a conflist, not both; remove one of them"),
        BadInput(
            [7: "  - {name: a, preset: ptp, fabric: routes}"],
            "7:36: spec.networks[0].fabric: a preset brings its fabric along; remove this key, or use a conflist"),
        BadInput(
            [7: "  - {name: a, conflist: x, fabric: route}"],
            "7:36: spec.networks[0].fabric: expected one of routes, vxlan, found route. Did you mean \"routes\"?"),
        BadInput(
            [7: "  - {name: a, preset: ptp}\n  - {name: a, preset: bridge}"],
            "8:5: spec.networks[1]: the name a is there twice, first as spec.networks[0]"),
        BadInput(
            [7: "  - {name: a, preset: ptp, mtu: 100}"],
            "7:33: spec.networks[0].mtu: expected a whole number from 576 to 65535, found 100"),
        BadInput(
            [7: "  - {name: a, preset: bridge-vxlan, mtu: 65486}"],
            "7:3: spec.networks: network a has an MTU of 65486, and behind VXLAN at most 65485 fit into a packet"),
        BadInput(
            [5: "  families: [ipv6]", 7: "  - {name: a, conflist: x, fabric: vxlan, mtu: 65466}"],
            "7:3: spec.networks: network a has an MTU of 65466, and behind VXLAN at most 65465 fit into a packet"),
        BadInput(
            [5: "  families: [ipv6]", 7: "  - {name: a, preset: ptp, mtu: 1000}"],
            "5:13: spec.families: ipv6 needs an MTU of at least 1280, and network a has 1000"),
        BadInput(
            [7: "  - bridge"],
            "7:5: spec.networks[0]: expected a mapping with the keys name, preset, conflist, fabric, mtu, found bridge"),
        BadInput([7: "    {}"], "7:5: spec.networks: expected a list of networks, found a mapping"),
    ]

    private static let repetitions = [
        BadInput(
            [11: "  repetitions: {minimum: 6, maximum: 6}\n  capacity: {below: 1ms}"],
            "12:13: spec.capacity: no test has several rates to find the highest of; give one with pattern: open-loop a list, such as rate: [1000/s, 5000/s], or remove this key"
        ),
        BadInput(
            [11: "  repetitions: 6"],
            "11:16: spec.repetitions: expected a mapping with the keys minimum, maximum, untilRelativeHalfWidth, within, found 6"
        ),
        BadInput(
            [11: "  repetitions: {minimum: 6}"],
            "11:16: spec.repetitions.maximum: the key is missing; expected a whole number from 1 to 1000"),
        BadInput(
            [11: "  repetitions: {min: 6, maximum: 6}"],
            "11:16: spec.repetitions.minimum: the key is missing; expected a whole number from 1 to 1000",
            "11:17: spec.repetitions.min: unknown key; the keys here are minimum, maximum, untilRelativeHalfWidth, within. Did you mean \"minimum\"?"
        ),
        BadInput(
            [11: "  repetitions: {minimum: 6, maximum: 5}"],
            "11:38: spec.repetitions.maximum: the maximum is 5, and below the minimum of 6"),
        BadInput(
            [11: "  repetitions: {minimum: 6, maximum: 9}"],
            "11:16: spec.repetitions.untilRelativeHalfWidth: a maximum above the minimum needs a width to stop at, such as 5%, or a time to stop \"within\"; or make both the same"
        ),
        BadInput(
            [11: "  repetitions: {minimum: 0, maximum: 1001}"],
            "11:26: spec.repetitions.minimum: expected a whole number from 1 to 1000, found 0",
            "11:38: spec.repetitions.maximum: expected a whole number from 1 to 1000, found 1001"),
        BadInput(
            [11: "  repetitions: {minimum: 6, maximum: 9, untilRelativeHalfWidth: 0.05}"],
            "11:65: spec.repetitions.untilRelativeHalfWidth: expected a percentage, such as 5% or 0.5%, found 0.05: it has no unit"
        ),
        BadInput(
            [11: "  repetitions: {minimum: 6, maximum: 9, untilRelativeHalfWidth: 0%}"],
            "11:65: spec.repetitions.untilRelativeHalfWidth: expected 0.1% to 100%, found 0%"),
        BadInput(
            [11: "  repetitions: {minimum: 6, maximum: 9, within: 10ms}"],
            "11:49: spec.repetitions.within: expected 1s to 168h, found 10ms"),
    ]

    private static let tests =
        [
            BadInput(
                test: "tool: iperf, protocol: tcp, duration: 1s",
                "21: spec.tests[0].tool: expected one of iperf3, latency, netperf, packets, found iperf. Did you mean \"iperf3\"?"
            ),
            BadInput(
                test: "tool: iperf3, protocol: sctp, duration: 1s",
                "39: spec.tests[0].protocol: expected one of tcp, udp, found sctp"),
            BadInput(
                test: "tool: iperf3, transport: tcp, duration: 1s",
                "5: spec.tests[0].protocol: the key is missing; expected one of tcp, udp",
                "29: spec.tests[0].transport: unknown key; the keys here are \(keysOfTests)"),
            BadInput(test: "tool: iperf3, protocol: tcp", "5: spec.tests[0].duration: the key is missing; \(duration)"),
            BadInput(
                test: "tool: iperf3, protocol: tcp, duration: 250ms",
                "54: spec.tests[0].duration: tool: iperf3 takes whole seconds, 1s to 1h, found 250ms"),
            BadInput(
                test: "tool: iperf3, protocol: tcp, duration: 2 s",
                "54: spec.tests[0].duration: \(duration), found 2 s: there is a space between the number and the unit"),
            BadInput(
                test: "tool: iperf3, protocol: tcp, duration: 1s, omit: 1500ms",
                "64: spec.tests[0].omit: tool: iperf3 takes whole seconds, 1s to 1m, found 1.5s"),
            BadInput(
                test: "tool: iperf3, protocol: tcp, duration: 1s, omit: 61s",
                "64: spec.tests[0].omit: tool: iperf3 takes whole seconds, 1s to 1m, found 61s"),
            BadInput(
                test: "tool: iperf3, protocol: tcp, duration: 1s, pattern: request-response",
                "67: spec.tests[0].pattern: tool: iperf3 does stream, not request-response; use tool: latency or tool: netperf"
            ),
            BadInput(
                test: "tool: iperf3, protocol: tcp, duration: 1s, streams: 129",
                "67: spec.tests[0].streams: expected a whole number from 1 to 128, found 129"),
            BadInput(
                test: "tool: iperf3, protocol: tcp, duration: 1s, messageSize: 64B",
                "71: spec.tests[0].messageSize: a stream has no messages; remove this key"),
            BadInput(
                test: "tool: iperf3, protocol: tcp, duration: 1s, timeout: 1s",
                "67: spec.tests[0].timeout: only tool: latency waits for single responses; remove this key"),
            BadInput(
                test: "tool: iperf3, protocol: udp, duration: 1s",
                "5: spec.tests[0].rate: a UDP stream needs a rate, such as 100Mbit, as nothing else limits it"),
            BadInput(
                test: "tool: iperf3, protocol: udp, duration: 1s, rate: 5000/s",
                "64: spec.tests[0].rate: expected a bit rate with a unit, such as 500Kbit, 100Mbit or 1Gbit, found 5000/s: \"/s\" is not one of its units (bit, bit/s, Kbit, Kbit/s, Mbit, Mbit/s, Gbit, Gbit/s)"
            ),
            BadInput(
                test: "tool: iperf3, protocol: udp, duration: 1s, rate: 1bit",
                "64: spec.tests[0].rate: expected 1Kbit to 1000Gbit, found 1bit"),
            BadInput(
                test: "tool: latency, protocol: tcp, duration: 1s",
                "5: spec.tests[0].pattern: tool: latency needs a pattern: request-response, connect-request-close, open-loop"
            ),
            BadInput(
                test: "tool: latency, protocol: tcp, duration: 1s, pattern: request-reponse, messageSize: 64B",
                "68: spec.tests[0].pattern: expected one of stream, request-response, connect-request-close, open-loop, flood, highest-rate, found request-reponse. Did you mean \"request-response\"?"
            ),
            BadInput(
                test: "tool: latency, protocol: tcp, duration: 1s, pattern: stream",
                "68: spec.tests[0].pattern: tool: latency does request-response, connect-request-close, open-loop, not stream; use tool: iperf3 or tool: netperf"
            ),
            BadInput(
                test: "tool: latency, protocol: udp, duration: 1s, pattern: connect-request-close, messageSize: 64B",
                "68: spec.tests[0].pattern: connect-request-close needs connections, which udp has not; use protocol: tcp"
            ),
            BadInput(
                test: "tool: latency, protocol: tcp, duration: 1s, pattern: request-response",
                "5: spec.tests[0].messageSize: request-response needs a message size, such as 64B, or a list of them"),
            BadInput(
                test: "tool: latency, protocol: tcp, duration: 1s, pattern: request-response, messageSize: 64",
                "99: spec.tests[0].messageSize: expected a number of bytes with a unit, such as 64B, 16KiB or 1MB, found 64: it has no unit"
            ),
            BadInput(
                test: "tool: latency, protocol: tcp, duration: 1s, pattern: request-response, messageSize: [64B, 64B]",
                "105: spec.tests[0].messageSize[1]: 64B is there twice, first as spec.tests[0].messageSize[0]"),
            BadInput(
                test: "tool: latency, protocol: tcp, duration: 1s, pattern: request-response, messageSize: []",
                "99: spec.tests[0].messageSize: expected at least one of message sizes, found an empty list"),
            BadInput(
                test: "tool: latency, protocol: tcp, duration: 1s, pattern: request-response, messageSize: 65KiB",
                "99: spec.tests[0].messageSize: expected 1B to 64KiB, found 65KiB"),
            BadInput(
                test: "tool: latency, protocol: udp, duration: 1s, pattern: request-response, messageSize: 64KiB",
                "99: spec.tests[0].messageSize: a UDP datagram carries at most 65507B, found 64KiB"),
            BadInput(
                test:
                    "tool: latency, protocol: tcp, duration: 1s, pattern: request-response, messageSize: 64B, streams: 2",
                "113: spec.tests[0].streams: tool: latency runs one stream at a time, found 2; use tool: iperf3"),
            BadInput(
                test:
                    "tool: latency, protocol: tcp, duration: 1s, pattern: request-response, messageSize: 64B, rate: 5/s",
                "110: spec.tests[0].rate: request-response with tool: latency goes as fast as it can; remove this key"),
            BadInput(
                test: "tool: latency, protocol: tcp, duration: 1s, pattern: open-loop, messageSize: 64B",
                "5: spec.tests[0].rate: the key is missing; expected a rate of events, such as 5000/s or 90/m"),
            BadInput(
                test: "tool: latency, protocol: tcp, duration: 1s, pattern: open-loop, messageSize: 64B, rate: 1Gbit",
                "103: spec.tests[0].rate: expected a rate of events, such as 5000/s or 90/m, found 1Gbit: \"Gbit\" is not one of its units (/s, /m)"
            ),
            BadInput(
                test: "tool: iperf3, protocol: udp, rate: 1Mbit, duration: 1s, direction: both",
                "82: spec.tests[0].direction: over udp the client sends, found both; use protocol: tcp"),
            BadInput(
                test: "tool: iperf3, protocol: tcp, duration: 1s, load: {streams: 4}",
                "64: spec.tests[0].load: a load runs beside round trips of tool: latency; remove this key, or measure those"
            ),
            BadInput(
                test: "tool: latency, protocol: tcp, duration: 1s, pattern: request-response, messageSize: 64B,"
                    + " load: {streams: 33, direction: sideways}",
                "120: spec.tests[0].load.streams: expected a whole number from 1 to 32, found 33",
                "135: spec.tests[0].load.direction: expected one of up, down, both, found sideways"),
            BadInput(
                test:
                    "tool: latency, protocol: tcp, duration: 1s, pattern: open-loop, messageSize: 64B, rate: [5/s, 5/s]",
                "109: spec.tests[0].rate[1]: 5/s is there twice, first as spec.tests[0].rate[0]"),
            BadInput(
                test:
                    "tool: latency, protocol: udp, duration: 1s, pattern: open-loop, rate: 5/s, messageSize: [4B, 3B]",
                "103: spec.tests[0].messageSize: an open loop over udp numbers its messages and needs at least 4B, found 3B"
            ),
            BadInput(
                test: "tool: latency, protocol: tcp, duration: 1s, pattern: open-loop, messageSize: 3B, rate: 100000/s,"
                    + " timeout: 42s",
                "121: spec.tests[0].timeout: at 100000/s, 4200000 requests can wait for their replies within 42s, and at most 4194304 may; use a shorter timeout or a lower rate"
            ),
            BadInput(
                test: "tool: latency, protocol: tcp, duration: 0s, pattern: request-response, messageSize: 64B",
                "55: spec.tests[0].duration: tool: latency takes 1ms to 1h, found 0s"),
            BadInput(
                test: "tool: netperf, protocol: tcp, duration: 1s, pattern: open-loop, messageSize: 64B, rate: 5/s",
                "68: spec.tests[0].pattern: tool: netperf does stream, request-response, connect-request-close, not open-loop; use tool: latency"
            ),
            BadInput(
                test: "tool: netperf, protocol: udp, duration: 1s, pattern: stream",
                "68: spec.tests[0].pattern: netperf is used over udp for request-response only, found stream; use protocol: tcp, or tool: iperf3"
            ),
            BadInput(
                test: "tool: netperf, protocol: tcp, duration: 1s, pattern: stream, omit: 1s",
                "82: spec.tests[0].omit: tool: netperf cannot discard its beginning; remove this key"),
            BadInput(
                [10: "  - &t {name: t, tool: iperf3, protocol: tcp, duration: 1s}\n  - *t"],
                "10:5: spec.tests[1]: the name t is there twice, first as spec.tests[0]"),
        ] + concurrency + segments

    @Test("in what all kinds share", arguments: envelope)
    func inTheEnvelope(input: BadInput) { #expect(problems(in: input.yaml) == input.expected) }

    @Test("in the spec", arguments: spec + pairs)
    func inTheSpec(input: BadInput) { #expect(problems(in: input.yaml) == input.expected) }

    @Test("in networks", arguments: networks)
    func inNetworks(input: BadInput) { #expect(problems(in: input.yaml) == input.expected) }

    @Test("in repetitions", arguments: repetitions)
    func inRepetitions(input: BadInput) { #expect(problems(in: input.yaml) == input.expected) }

    @Test("in tests", arguments: tests)
    func inTests(input: BadInput) { #expect(problems(in: input.yaml) == input.expected) }

    @Test("all problems are found at once, in the order of the file")
    func findsAllAtOnce() {
        let input = BadInput(
            [
                1: "apiVersion: v1", 3: "metadata: {name: Sample}", 5: "  nodes: 99\n  nodes: two",
                7: "  - {name: a, preset: b}",
                10: "  - {name: t, tool: iperf3, protocol: tcp, duration: 5}",
            ],
            "1:13: apiVersion: expected networkmachinery.io/v1alpha1, found v1",
            "3:18: metadata.name: expected a name of lower-case letters, digits and dashes, at most 63 long, found Sample: it contains \"S\"",
            "6:3: spec.nodes: the key is there twice, first on line 5",
            "6:10: spec.nodes: expected a whole number from 1 to 64, found two",
            "8:23: spec.networks[0].preset: expected one of bridge, bridge-vxlan, ptp, found b",
            "11:54: spec.tests[0].duration: \(Self.duration), found 5: it has no unit"
        )
        #expect(problems(in: input.yaml) == input.expected)
    }
}
