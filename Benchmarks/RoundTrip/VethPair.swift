import Glibc
import LinuxHost
import Netlink
import Processes
import Quantities

/// Two namespaces joined by one veth pair.
struct VethPair: Sendable {
    enum End: String, Sendable {
        case client, server

        var namespace: String { BenchmarkNamespaces.name(rawValue) }
    }

    let clientAddress: IPAddress
    let serverAddress: IPAddress

    /// Makes both; ``BenchmarkNamespaces/sweep()`` removes them.
    init() throws {
        let client = try NetworkNamespace.create(named: End.client.namespace)
        let server = try NetworkNamespace.create(named: End.server.namespace)
        let clients = try NetlinkSocket(in: client)
        let servers = try NetlinkSocket(in: server)
        try clients.add(Link(name: "eth0", kind: .veth(peer: "eth0", peerNamespace: server.descriptor), isUp: true))
        try servers.setUp("eth0")
        let address = try CIDR(parsing: "10.231.0.2/30")
        let own = try CIDR(parsing: "10.231.0.1/30")
        try clients.addAddress(own, to: "eth0")
        try servers.addAddress(address, to: "eth0")
        clientAddress = own.address
        serverAddress = address.address
    }

    /// A program at one end, on one processor; every step replaces the one before, so it has the first one's process.
    func command(_ executable: String, _ arguments: [String], at end: End, on processor: Int) -> Command {
        let path = NetworkNamespace.path(named: end.namespace)
        let prefix = ["--net=\(path)", "--", "taskset", "-c", "\(processor)", executable]
        return Command(executable: "nsenter", arguments: prefix + arguments)
    }

    /// Waits until somebody at the server's end listens at the port.
    func waitForListener(_ port: UInt16, tcp: Bool) async throws {
        let namespace = try NetworkNamespace.open(named: End.server.namespace)
        let end = ContinuousClock.now + .seconds(5)
        while ContinuousClock.now < end {
            let table = try namespace.run { Self.socketTable(tcp: tcp) }
            // State 0A is a listener of TCP, 07 an unconnected socket of UDP.
            let number = String(port, radix: 16, uppercase: true)
            let suffix = ":" + String(repeating: "0", count: 4 - number.count) + number
            let found = table.split(separator: "\n").contains { line in
                let fields = line.split(separator: " ")
                return fields.count > 3 && fields[1].hasSuffix(suffix) && fields[3] == (tcp ? "0A" : "07")
            }
            if found { return }
            try await Task.sleep(for: .milliseconds(2))
        }
        throw BenchmarkError("nobody listens at port \(port) after 5 s; run the server by hand to see why")
    }

    private static func socketTable(tcp: Bool) -> String {
        var text: [UInt8] = []
        for suffix in ["", "6"] {
            let descriptor = open("/proc/thread-self/net/\(tcp ? "tcp" : "udp")\(suffix)", O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = read(descriptor, &buffer, buffer.count)
                guard count > 0 else { break }
                text += buffer[..<count]
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
