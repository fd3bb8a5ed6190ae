import Statistics

/// Writes random valid resources, with every key present at times and absent at others.
struct RandomResource {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func yaml() -> String {
        let nodes = number(2...64)
        var lines = [
            "apiVersion: networkmachinery.io/v1alpha1", "kind: CNIPerformance",
            "metadata: {name: n\(number(0...999)), labels: {\(labels())}}", "spec:",
        ]
        lines += maybe("  nodes: \(nodes)")
        lines += maybe("  podsPerNode: \(number(0...200))")
        lines += maybe("  baseline: host")
        lines += maybe("  families: [\(some(["ipv4", "ipv6"]))]")
        lines += maybe("  warmUp: \(number(0...60_000))\(one(["ms", "us", "ns"]))")
        lines += maybe("  seed: \(random.next())")
        lines += maybe(
            "  settle: {maximumBackground: \(number(0...99)).5%, window: \(number(10...900))ms, patience: 1.5s}")
        lines += ["  paths: [\(some(["same-node", "other-node"]))]", "  networks:"]
        for index in 0..<number(1...4) { lines.append("  - {name: net-\(index), \(network())}") }
        lines += maybe("  conditions: [{name: clean}, {name: bad, \(condition())}]")
        lines.append("  tests:")
        let tests = (0..<number(1...6)).map { "  - {name: t\($0), \(test())}" }
        lines += tests
        if !tests.contains(where: { $0.contains("load:") || $0.contains("highest-rate") }) {
            lines += maybe("  pairs: [\(some(["1-1", "4-4", "4-1", "1-4"]))]")
        }
        let minimum = number(1...500)
        let maximum = number(minimum...1_000)
        let width = maximum > minimum ? ", untilRelativeHalfWidth: \(number(1...99)).\(number(0...999))%" : ""
        let within = maybe(", within: \(number(1...600))s").joined()
        lines.append("  repetitions: {minimum: \(minimum), maximum: \(maximum)\(width)\(within)}")
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func network() -> String {
        let mtu = maybe(", mtu: \(number(1_280...9_000))").joined()
        guard number(0...2) == 0 else { return "preset: \(one(["bridge", "bridge-vxlan", "ptp"]))\(mtu)" }
        let path = one(["./a.conflist", "\"ö \\\" \\\\ \\u0085\\t😀\"", "'it''s'", "\"\\uFEFF\\u2028\""])
        return "conflist: \(path)\(maybe(", fabric: \(one(["routes", "vxlan"]))").joined())\(mtu)"
    }

    private mutating func test() -> String {
        let size = one(["1B", "[64B, 1KiB]", "1.5kB", "65507B"])
        switch number(0...6) {
        case 5:
            let pattern = one(["request-response, burst: \(number(1...64))", "connect-request-close"])
            return
                "tool: latency, protocol: tcp, pattern: \(pattern), connections: \(number(1...64)), messageSize: \(size),"
                + " duration: 1s"
        case 0:
            let omit = maybe(", omit: \(number(1...60))s").joined()
            return "tool: iperf3, protocol: tcp, streams: \(number(1...128)), duration: \(number(1...3_600))s\(omit)"
                + maybe(", direction: \(one(["up", "down", "both"]))").joined()
                + maybe(", mss: \(one(["88B", "[536B, 1460B]", "32767B"]))").joined()
        case 1: return "tool: iperf3, protocol: udp, rate: \(number(1...999)).\(number(0...99))Mbit, duration: 1m"
        case 2:
            let timeout = maybe(", timeout: \(number(1...60_000))ms").joined()
            return "tool: latency, protocol: \(one(["tcp", "udp"])), pattern: request-response, messageSize: \(size),"
                + " duration: \(number(1...999))ms, omit: \(number(0...9))us\(timeout)"
                + maybe(", load: {streams: \(number(1...32)), direction: \(one(["up", "down", "both"]))}").joined()
        case 3:
            let size = one(["4B", "[64B, 1KiB]", "1.5kB", "65507B"])
            return "tool: latency, protocol: udp, pattern: open-loop, messageSize: \(size),"
                + " rate: \(one(["\(number(1...9_999))\(one(["/s", "/m"]))", "[1/s, \(number(2...9_999))/s]"])),"
                + " duration: \(number(1...59))m"
        case 4:
            let search = "pattern: highest-rate, lossBelow: \(number(1...49)).\(number(0...99))%"
            return "tool: packets, protocol: udp, messageSize: \(one(["8B", "[64B, 1KiB]", "65507B"])),"
                + " duration: \(number(10...999))ms, \(one(["pattern: flood", search]))"
        default:
            return "tool: netperf, protocol: tcp, pattern: connect-request-close, messageSize: \(size), duration: 1h"
        }
    }

    private mutating func condition() -> String {
        let share = "\(number(0...99)).\(number(1...999))%"
        let change = one([
            "delay: \(number(1...900))ms", "delay: {time: 20ms, jitter: \(number(1...20))ms, distribution: pareto}",
            "loss: \(share)", "loss: {share: \(share), correlation: \(share)}",
            "loss: {gilbertElliott: {toBad: \(share), toGood: 20%}}", "loss: {fourStates: {p13: 1%, p31: \(share)}}",
            "duplicate: \(share)", "corrupt: {share: \(share)}", "delay: 5us, reorder: {share: \(share), gap: 5}",
            "rate: \(number(1...999))Kbit", "rate: {rate: 1Gbit, packetOverhead: 24}",
            "slots: {minimum: 1ms, maximum: 2ms, packets: \(number(0...9))}",
        ])
        let rest = maybe(
            ", direction: both, end: \(one(["client", "server", "both"])), filters: [{protocol: tcp, peerPort: 80}]"
        ).joined()
        let offloads = maybe(", offloads: {tso: \(one(["on", "off"])), rx-gro: \(one(["on", "\"off\""]))}").joined()
        return
            "\(change)\(rest)\(offloads)\(maybe(", limit: 100, seed: 7").joined())\(maybe(", processors: 2").joined())"
    }

    private mutating func labels() -> String {
        some(["a: b", "\"c d\": \"1\"", "e: \"\"", "ü: \"\\n\\e😀\"", "\"true\": 'null'"])
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    private mutating func one(_ words: [String]) -> String { words.randomElement(using: &random) ?? "" }

    private mutating func some(_ words: [String]) -> String {
        words.shuffled(using: &random).prefix(number(1...words.count)).joined(separator: ", ")
    }

    private mutating func maybe(_ text: String) -> [String] { number(0...1) == 0 ? [text] : [] }
}
