import Contract
import Glibc
import Quantities
import Testing

@testable import Sockets

@Suite("Sockets")
struct SocketTests {
    @Test("a socket that is bound to any port has one, and one that connects to it is there")
    func loopback() throws {
        let server = try Socket(.tcp, .ipv4)
        try server.bind(family: .ipv4, port: 0)
        try server.listen(backlog: 4)
        let port = try server.localPort()
        #expect(port > 0)
        let client = try Socket(.tcp, .ipv4)
        try client.setTimeouts(nanoseconds: 2_000_000_000)
        try client.connect(to: SocketAddress(IPAddress(127, 0, 0, 1), port: port))
        #expect(try client.localPort() != port)
    }

    @Test("what is refused says which call it was, and why")
    func refused() throws {
        let holder = try Socket(.udp, .ipv4)
        try holder.bind(family: .ipv4, port: 0)
        let port = try holder.localPort()
        let error = #expect(throws: SocketError.self) { try Socket(.udp, .ipv4).bind(family: .ipv4, port: port) }
        #expect(error == SocketError(.bind, EADDRINUSE))
        #expect(error?.isTimeOut == false)
    }

    @Test("a read gives up when its time is over, and that is a time-out")
    func timeOut() throws {
        let socket = try Socket(.udp, .ipv4)
        try socket.bind(family: .ipv4, port: 0)
        try socket.setTimeouts(nanoseconds: 1_000_000)
        var byte: UInt8 = 0
        #expect(withoutInterruption { recv(socket.descriptor, &byte, 1, 0) } == -1)
        #expect(SocketError(.receive, errno).isTimeOut)
    }

    @Test("a released descriptor is open until somebody closes it")
    func release() throws {
        let descriptor = try Socket(.tcp, .ipv4).release()
        #expect(fcntl(descriptor, F_GETFD) == FD_CLOEXEC)
        #expect(close(descriptor) == 0)
    }

    @Test("a connect that its time-out ended counts as one; in progress means that for no other call")
    func inProgress() {
        #expect(SocketError(.connect, EINPROGRESS).isTimeOut)
        #expect(!SocketError(.send, EINPROGRESS).isTimeOut)
    }
}
