import Contract
import Statistics
import Watches

/// A kind of fault that is made at a node drawn at random, and where it takes two, at another one.
struct DrillKind: Sendable {
    let title: String
    let make: @Sendable (_ node: Int, _ other: Int, _ lab: DrillLab) -> DrillFault

    init(_ title: String, _ make: @escaping @Sendable (_ node: Int, _ other: Int, _ lab: DrillLab) -> DrillFault) {
        self.title = title
        self.make = make
    }

    /// A fault of this kind at a place drawn at random among those that a condition takes.
    func draw(
        _ lab: DrillLab, _ random: inout SeededGenerator, where isFree: (DrillFault) -> Bool = { _ in true }
    ) -> DrillFault? {
        var places: [(Int, Int)] = []
        for node in 0..<DrillLab.nodes {
            for other in 0..<DrillLab.nodes where other != node { places.append((node, other)) }
        }
        return random.shuffled(places).lazy.map { make($0.0, $0.1, lab) }.first(where: isFree)
    }
}

extension DrillKind {
    /// A name of its own for each rule (FNV-1a of its words): two faults may be at one place, and each takes away its own.
    private static func table(of words: String) -> String {
        let hash = words.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        return "drill-" + String(hash, radix: 16)
    }

    private static let bytes = "meta length > 1200"

    /// Rules at an interface, behind the queues of those who send and before the stack of those who receive.
    private static func filter(
        _ words: String, at place: DrillLab.Place
    ) -> (apply: DrillFault.Step, undo: DrillFault.Step) {
        let table = table(of: words)
        let kind = "{ type filter hook ingress device \"eth0\" priority 0; }"
        let text =
            "add table netdev \(table); add chain netdev \(table) in \(kind); add rule netdev \(table) in \(words) drop"
        return (
            DrillFault.Step(place, words: ["nft", text]), DrillFault.Step(place, "nft delete table netdev \(table)")
        )
    }

    /// What comes to a place is dropped where the words say.
    private static func dropped(
        _ words: String, at place: DrillLab.Place, _ cause: Cause, nodes: Set<Int>
    ) -> DrillFault {
        let (apply, undo) = filter(words, at: place)
        return DrillFault(cause: cause, nodes: nodes, apply: [apply], undo: [undo])
    }

    private static func from(_ node: Int) -> String { "ip saddr { \(DrillLab.address(node)), \(DrillLab.pods(node)) }" }

    private static func pod(_ node: Int) -> Seat { .spot(DrillLab.spot(ofPod: node)) }

    /// What the kernel of each of these nodes does with what goes to a service.
    private static func service(_ words: String, at nodes: [Int], _ cause: Cause, touching: Set<Int>) -> DrillFault {
        let table = table(of: words)
        let kind = "{ type filter hook prerouting priority -150; }"
        let text = "add table ip \(table); add chain ip \(table) in \(kind); add rule ip \(table) in \(words)"
        return DrillFault(
            cause: cause, nodes: touching,
            apply: nodes.map { DrillFault.Step(.node($0), words: ["nft", text]) },
            undo: nodes.map { DrillFault.Step(.node($0), "nft delete table ip \(table)") })
    }

    private static let webService = "ip daddr 10.96.0.10 tcp dport 80"
    private static let nameService = "ip daddr 10.96.0.11 udp dport 53"

    /// What every kernel can do.
    static let plain: [DrillKind] = links + losses + sizes + routes + services + kernels

    private static let links: [DrillKind] = [
        DrillKind("node's link down") { node, _, _ in
            DrillFault(
                cause: Cause(.loss, at: .node(node, .both)), nodes: [node],
                apply: [.init(.fabric, "ip link set node\(node) down")],
                undo: [.init(.fabric, "ip link set node\(node) up")])
        },
        DrillKind("pod's link down, far end") { node, _, lab in
            DrillFault(
                cause: Cause(.loss, at: pod(node)), nodes: [node],
                apply: [.init(.node(node), "ip link set \(lab.ports[node]) down")],
                undo: [.init(.node(node), "ip link set \(lab.ports[node]) up")])
        },
        DrillKind("pod's link down, own end") { node, _, _ in
            DrillFault(
                cause: Cause(.loss, at: pod(node)), consequences: [Cause(.missingRoute, at: pod(node))], nodes: [node],
                apply: [.init(.pod(node), "ip link set eth0 down")],
                undo: [
                    .init(.pod(node), "ip link set eth0 up"),
                    .init(.pod(node), "ip route replace default via \(DrillLab.gateway(node)) dev eth0"),
                ])
        },
    ]

    private static let losses: [DrillKind] = [
        DrillKind("one direction dropped") { node, other, _ in
            dropped(from(node), at: .node(other), Cause(.loss, at: .link(from: node, to: other)), nodes: [node, other])
        },
        DrillKind("one direction, 30 %") { node, other, _ in
            dropped(
                "\(from(node)) numgen random mod 100 < 30", at: .node(other),
                Cause(.loss, at: .link(from: node, to: other)), nodes: [node, other])
        },
        DrillKind("into a pod, 30 %") { node, _, _ in
            dropped("numgen random mod 100 < 30", at: .pod(node), Cause(.loss, at: pod(node)), nodes: [node])
        },
    ]

    private static let sizes: [DrillKind] = [
        DrillKind("black hole into a pod") { node, _, _ in
            dropped(bytes, at: .pod(node), Cause(.mtu, at: pod(node)), nodes: [node])
        },
        DrillKind("black hole into a node") { node, _, _ in
            dropped(bytes, at: .node(node), Cause(.mtu, at: .node(node, .both)), nodes: [node])
        },
        DrillKind("black hole, one direction") { node, other, _ in
            dropped(
                "\(from(node)) \(bytes)", at: .node(other), Cause(.mtu, at: .link(from: node, to: other)),
                nodes: [node, other])
        },
        DrillKind("pod's MTU 1400") { node, _, _ in
            DrillFault(
                cause: Cause(.mtuMismatch, at: pod(node)),
                // What is too large is lost, and both ends of the link count it.
                consequences: [
                    Cause(.mtu, at: pod(node)), Cause(.linkDrops, at: pod(node)), Cause(.linkDrops, at: .spot(node)),
                ], nodes: [node],
                apply: [.init(.pod(node), "ip link set eth0 mtu 1400")],
                undo: [.init(.pod(node), "ip link set eth0 mtu 1500")])
        },
    ]

    private static let routes: [DrillKind] = [
        DrillKind("pod without a way out") { node, _, _ in
            DrillFault(
                cause: Cause(.missingRoute, at: pod(node)), consequences: [Cause(.loss, at: pod(node))], nodes: [node],
                apply: [.init(.pod(node), "ip route del default")],
                undo: [.init(.pod(node), "ip route replace default via \(DrillLab.gateway(node)) dev eth0")])
        },
        DrillKind("node without a way to pods") { node, other, _ in
            let spots = (DrillLab.spot(ofPod: node), DrillLab.spot(ofPod: other))
            let route = "\(DrillLab.pods(other)) via \(DrillLab.address(other)) dev eth0 proto static"
            return DrillFault(
                cause: Cause(.missingRoute, at: .spot(node)),
                // What goes from this node to those pods, and back from this node's pod to them, has no way.
                consequences: [
                    Cause(.loss, at: .spotPair(min(node, spots.1), max(node, spots.1))),
                    Cause(.loss, at: .spotLink(from: node, to: spots.1)),
                    Cause(.loss, at: .spotPair(min(spots.0, spots.1), max(spots.0, spots.1))),
                    Cause(.loss, at: .spotLink(from: spots.0, to: spots.1)),
                ], nodes: [node, other],
                apply: [.init(.node(node), "ip route del \(route)")],
                undo: [.init(.node(node), "ip route replace \(route)")])
        },
    ]

    private static let services: [DrillKind] = [
        DrillKind("port refused at a pod") { node, _, _ in
            let table = table(of: "port refused")
            let text =
                "add table inet \(table); add chain inet \(table) in { type filter hook input priority 0; }; "
                + "add rule inet \(table) in tcp dport 12990 reject with tcp reset"
            return DrillFault(
                cause: Cause(.loss, at: pod(node)), nodes: [node],
                apply: [.init(.pod(node), words: ["nft", text])],
                undo: [.init(.pod(node), "nft delete table inet \(table)")])
        },
        DrillKind("service without endpoints") { _, _, _ in
            service(
                "\(webService) reject with tcp reset", at: Array(0..<DrillLab.nodes), Cause(.loss, at: .service(0)),
                touching: [])
        },
        DrillKind("service refused at a node") { node, _, _ in
            service(
                "\(webService) reject with tcp reset", at: [node],
                Cause(.loss, at: .serviceFrom(spot: DrillLab.spot(ofPod: node), service: 0)), touching: [node])
        },
        DrillKind("names unanswered") { _, _, _ in
            service("\(nameService) drop", at: Array(0..<DrillLab.nodes), Cause(.loss, at: .service(1)), touching: [])
        },
    ]

    private static let kernels: [DrillKind] = [
        DrillKind("listener's queue full") { node, _, _ in
            let listener = FullListener()
            return DrillFault(
                cause: Cause(.listenOverflow, at: pod(node)), nodes: [node],
                pulse: .init(place: .pod(node), work: { listener.knock() }, end: { listener.close() }))
        },
        DrillKind("link drops packets") { node, _, lab in
            let port = lab.ports[node]
            return DrillFault(
                cause: Cause(.linkDrops, at: pod(node)), nodes: [node],
                pulse: .init(place: .node(node), work: { StrangeFrames.send(100, through: port) }))
        },
    ]

    /// What takes `netem`.
    static let netem: [DrillKind] = [
        bad("pod, 10 ms late", "delay 10ms") { Cause(.latency, at: pod($0)) },
        bad("pod, 20 ms and jitter", "delay 20ms 15ms") { Cause(.latency, at: pod($0)) },
        bad("pod, 10 % lost", "loss 10%") { Cause(.loss, at: pod($0)) },
        bad("pod, 30 % lost in bursts", "loss gemodel 10% 25%") { Cause(.loss, at: pod($0)) },
        bad("node, 10 ms late", "delay 10ms", ofNode: true) { Cause(.latency, at: .node($0, .both)) },
        bad("node, 10 % lost", "loss 10%", ofNode: true) { Cause(.loss, at: .node($0, .both)) },
        DrillKind("one direction 10 ms late") { node, other, _ in
            DrillFault(
                cause: Cause(.latency, at: .link(from: node, to: other)), nodes: [node, other],
                apply: [
                    .init(
                        .node(node),
                        "tc qdisc add dev eth0 root handle 1: prio bands 4 priomap 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0"),
                    .init(.node(node), "tc qdisc add dev eth0 parent 1:4 netem delay 10ms"),
                ]
                    + [DrillLab.address(other) + "/32", DrillLab.pods(other)].map {
                        .init(
                            .node(node),
                            "tc filter add dev eth0 parent 1: protocol ip prio 1 u32 match ip dst \($0) flowid 1:4")
                    },
                undo: [.init(.node(node), "tc qdisc del dev eth0 root")])
        },
    ]

    private static func bad(
        _ title: String, _ words: String, ofNode isNode: Bool = false, _ cause: @escaping @Sendable (Int) -> Cause
    ) -> DrillKind {
        DrillKind(title) { node, _, _ in
            let place = isNode ? DrillLab.Place.node(node) : .pod(node)
            return DrillFault(
                cause: cause(node), nodes: [node],
                apply: [.init(place, "tc qdisc add dev eth0 root netem \(words)")],
                undo: [.init(place, "tc qdisc del dev eth0 root")])
        }
    }
}
