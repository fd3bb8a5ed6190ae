import Contract
import Glibc
import Sockets

/// The two sockets of a server of packets, at one port.
struct PacketPorts: ~Copyable {
    let listener: Socket
    let datagrams: Socket
    let port: UInt16

    /// How many ports are tried until one is free over both, where any will do.
    private static let attempts = 16

    /// Opens both; the kernel's choice for TCP may be somebody's over UDP.
    static func open(_ server: PacketServer) throws(SocketError) -> PacketPorts {
        var refusal = SocketError(.bind, EADDRINUSE)
        for _ in 0..<(server.port == 0 ? attempts : 1) {
            do throws(SocketError) {
                return try PacketPorts(server)
            } catch {
                guard error == SocketError(.bind, EADDRINUSE) else { throw error }
                refusal = error
            }
        }
        throw refusal
    }

    private init(_ server: PacketServer) throws(SocketError) {
        let listener = try Socket(.tcp, server.family)
        try listener.bind(family: server.family, address: server.address, port: server.port)
        try listener.listen(backlog: 16)
        let port = try listener.localPort()
        let datagrams = try Socket(.udp, server.family)
        datagrams.setBufferSizes(bytes: PacketReceiver.waitingBytes)
        try datagrams.bind(family: server.family, address: server.address, port: port)
        self.listener = listener
        self.datagrams = datagrams
        self.port = port
    }
}
