import Glibc
import Sockets

/// The TCP ports that something listens at in this network namespace.
///
/// Connecting would be the test that a one-off server takes for its one client, and binding would take the port from
/// a server that is about to, so the kernel's own table is read: proc(5), /proc/net/tcp.
package enum ListeningPorts {
    /// Whether something listens at this port, over IPv4 or IPv6.
    static func contains(_ port: UInt16) -> Bool {
        ["/proc/self/net/tcp", "/proc/self/net/tcp6"].contains { parse(text(of: $0)).contains(port) }
    }

    /// The listening ports in the text of such a table; lines that are not understood are none.
    package static func parse(_ table: String) -> Set<UInt16> {
        var ports: Set<UInt16> = []
        for line in table.split(separator: "\n").dropFirst() {
            // sl, local address:port, remote address:port, state; 0A is TCP_LISTEN.
            let fields = line.split(separator: " ", maxSplits: 4, omittingEmptySubsequences: true)
            guard fields.count > 3, fields[3] == "0A", let colon = fields[1].lastIndex(of: ":") else { continue }
            guard let port = UInt16(fields[1][fields[1].index(after: colon)...], radix: 16) else { continue }
            ports.insert(port)
        }
        return ports
    }

    private static func text(of path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = withoutInterruption { read(descriptor, &piece, piece.count) }
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += piece[..<count]
        }
    }
}
