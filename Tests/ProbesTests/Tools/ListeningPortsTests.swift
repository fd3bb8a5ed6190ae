import Contract
import Quantities
import Sockets
import Testing

@testable import Probes

@Suite("listening ports")
struct ListeningPortsTests {
    @Test("only sockets in the state LISTEN count, of both families")
    func table() {
        let table = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 00000000:14B5 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0
               1: 0100007F:14B6 0100007F:A001 01 00000000:00000000 00:00000000 00000000     0        0 2 1 0
               2: 00000000000000000000000000000000:14B7 00000000000000000000000000000000:0000 0A 00000000:00000000
               3: rubbish
            """
        #expect(ListeningPorts.parse(table) == [5301, 5303])
        #expect(ListeningPorts.parse("").isEmpty)
    }

    @Test("a socket that listens is seen, and one that is only bound is not")
    func live() throws {
        let socket = try Socket(.tcp, .ipv4)
        try socket.bind(family: .ipv4, port: 0)
        let port = try socket.localPort()
        #expect(!ListeningPorts.contains(port))
        try socket.listen(backlog: 1)
        #expect(ListeningPorts.contains(port))
    }

    @Test("a free port is one that nobody has")
    func freePort() throws {
        let port = try FreePort.find()
        let socket = try Socket(.udp, .ipv4)
        try socket.bind(family: .ipv4, port: port)
        #expect(throws: SocketError(.bind, 98)) { try Socket(.udp, .ipv4).bind(family: .ipv4, port: port) }
    }
}
