import Contract
import Quantities
import Sockets

/// Finds a port for servers that cannot choose one themselves.
enum FreePort {
    /// A port that is free for TCP and UDP over IPv4, and over IPv6 where the kernel has it.
    ///
    /// Another program can take it before the server does; the caller then tries again.
    static func find() throws(ProbeFailure) -> UInt16 {
        // The kernel's choice is free for TCP over IPv4; for UDP or IPv6 it may be taken.
        for _ in 0..<16 {
            do throws(SocketError) {
                if let port = try candidate() { return port }
            } catch {
                throw error.failure(peer: "a free port")
            }
        }
        throw ProbeFailure(.portInUse, "no port is free for both TCP and UDP; end what uses them, or name one")
    }

    private static func candidate() throws(SocketError) -> UInt16? {
        let tcp = try Socket(.tcp, .ipv4)
        try tcp.bind(family: .ipv4, port: 0)
        let port = try tcp.localPort()
        guard isFree(.udp, .ipv4, port) else { return nil }
        let hasIPv6 = (try? Socket(.tcp, .ipv6)) != nil
        return !hasIPv6 || (isFree(.tcp, .ipv6, port) && isFree(.udp, .ipv6, port)) ? port : nil
    }

    private static func isFree(_ transport: Transport, _ family: IPAddress.Family, _ port: UInt16) -> Bool {
        do throws(SocketError) {
            try Socket(transport, family).bind(family: family, port: port)
            return true
        } catch {
            return false
        }
    }
}
