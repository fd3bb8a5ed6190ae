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
        try await SocketTable.waitForListener(port, tcp: tcp, in: End.server.namespace)
    }
}
