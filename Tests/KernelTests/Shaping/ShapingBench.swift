import Contract
import Glibc
import LinuxHost
import Netlink
import Quantities
import TestSupport
import Testing
import TrafficShaping

/// Two namespaces joined by a pair of links, `eth0` at either end; the near one is shaped.
struct ShapingBench {
    let near: NetlinkSocket
    let far: NetlinkSocket
    /// The name of the near namespace.
    let name: String
    let farName: String

    static let nearAddress = IPAddress(10, 9, 0, 1)
    static let farAddress = IPAddress(10, 9, 0, 2)
    static let nearAddress6 = address6(1)
    static let farAddress6 = address6(2)

    private static func address6(_ last: UInt8) -> IPAddress {
        IPAddress(bytes: [0xFD] + [UInt8](repeating: 0, count: 14) + [last]) ?? nearAddress
    }

    /// Makes both, hands them over when packets get through, and removes them.
    static func with(
        _ body: (borrowing NetworkNamespace, borrowing NetworkNamespace, ShapingBench) throws -> Void
    ) throws {
        try ScratchNamespace.with("shaping") { near, name in
            try ScratchNamespace.with("shaping") { far, farName in
                for setting in ["all", "default"] {
                    try Sysctl.write("net.ipv6.conf.\(setting).accept_dad", "0", in: near)
                    try Sysctl.write("net.ipv6.conf.\(setting).accept_dad", "0", in: far)
                }
                let sockets = (near: try NetlinkSocket(in: near), far: try NetlinkSocket(in: far))
                try sockets.near.addVeth(
                    Link(name: "eth0", kind: .veth(peer: "")), in: near, peer: "eth0", in: far)
                for (socket, addresses) in [
                    (sockets.near, [(nearAddress, 24), (nearAddress6, 64)]),
                    (sockets.far, [(farAddress, 24), (farAddress6, 64)]),
                ] {
                    for (address, length) in addresses {
                        try socket.addAddress(CIDR(address, clampedPrefixLength: length), to: "eth0")
                    }
                    try socket.setUp("lo")
                    try socket.setUp("eth0")
                }
                let end = ContinuousClock.now + .seconds(10)
                while try !sockets.near.isOperational(linkNamed: "eth0"), ContinuousClock.now < end { usleep(1_000) }
                try body(
                    near, far,
                    ShapingBench(near: sockets.near, far: sockets.far, name: name, farName: farName))
            }
        }
    }

    /// Shapes the near end while the body runs, and expects everything to be as before afterwards.
    func shape(
        _ shaping: LinkShaping, in namespace: borrowing NetworkNamespace, _ body: (InterfaceShaper) throws -> Void
    ) throws {
        let before = try everything()
        let shaper = try InterfaceShaper(shaping, in: namespace)
        _ = try shaper.apply()
        do {
            try body(shaper)
        } catch {
            try? shaper.undo()
            throw error
        }
        try shaper.undo()
        #expect(try everything() == before)
    }

    /// What shaping changes: the queues of the near end, its filters, its links, and how large its packets may be.
    func everything() throws -> [String] {
        let links = try near.links()
        let link = try #require(links.first { $0.name == "eth0" })
        let queues = try near.installedQueues(onLinkWithIndex: link.index)
        return links.map(\.name) + queues.map { "\($0.words) at \($0.parent): \($0.options ?? [])" }
            + ["\(try near.segmentationLimits(ofLinkWithIndex: link.index))"]
    }

    /// Runs `tc` in the near namespace, or in another one.
    func tc(_ words: String, in namespace: String? = nil) throws {
        let arguments =
            ["ip", "netns", "exec", namespace ?? name, "tc"] + words.split(separator: " ").map(String.init)
        let process = try TestProcess.start(words: arguments)
        #expect(TestProcess.exitCode(of: process) == 0, "tc \(words)")
    }

    /// Lets `tc` delay what leaves either end while the body runs: packets of the near end that arrive are delayed where they leave the
    /// far one.
    func delayed<R>(seconds: Double, _ direction: ShapingDirection, _ body: () throws -> R) throws -> R {
        let ends =
            switch direction {
            case .egress: [name]
            case .ingress: [farName]
            case .both: [name, farName]
            }
        defer { for end in ends { try? tc("qdisc del dev eth0 root", in: end) } }
        for end in ends { try tc("qdisc add dev eth0 root netem delay \(Int(seconds * 1e6))us", in: end) }
        return try body()
    }
}

extension ShapingBench {
    /// The round trips between two ends, in seconds, in their order, with a pause before each; the first three are not counted.
    static func roundTrips(
        _ count: Int, _ client: DatagramEnd, _ server: DatagramEnd, pause: Double = 0
    ) throws -> [Double] {
        var seconds: [Double] = []
        for number in 0..<UInt32(count + 3) {
            if pause > 0 { usleep(UInt32(pause * 1e6)) }
            let start = Clock.monotonicNanoseconds()
            client.send(number, to: server)
            try #require(server.receive(milliseconds: 5_000) == number)
            server.send(number, to: client)
            try #require(client.receive(milliseconds: 5_000) == number)
            if number >= 3 { seconds.append(Double(Clock.monotonicNanoseconds() - start) / 1e9) }
        }
        return seconds
    }

    /// The shortest of the round trips: a busy machine makes them longer, and nothing makes them shorter.
    static func roundTrip(
        _ count: Int, _ client: DatagramEnd, _ server: DatagramEnd, pause: Double = 0
    ) throws -> Double {
        try #require(try roundTrips(count, client, server, pause: pause).min())
    }

    /// What arrives of so many datagrams that are sent one behind the other, in the order of arrival.
    static func flow(_ count: Int, bytes: Int = 64, from sender: DatagramEnd, to receiver: DatagramEnd) -> [UInt32] {
        var arrived: [UInt32] = []
        for number in 0..<UInt32(count) {
            while !sender.send(number, bytes: bytes, to: receiver) { usleep(500) }
            // Taken away as they come, so that there is room.
            if number % 16 == 0 { while let next = receiver.receive() { arrived.append(next) } }
        }
        while let next = receiver.receive(milliseconds: 200) { arrived.append(next) }
        return arrived
    }
}
