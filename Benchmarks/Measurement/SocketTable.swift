import Glibc
import LinuxHost

/// What the kernel says of the sockets of a namespace.
enum SocketTable {
    /// Waits until somebody in the namespace listens at the port.
    static func waitForListener(
        _ port: UInt16, tcp: Bool, in name: String, deadline: Duration = .seconds(5)
    ) async throws {
        let namespace = try NetworkNamespace.open(named: name)
        let end = ContinuousClock.now + deadline
        while ContinuousClock.now < end {
            let table = try namespace.run { text(tcp: tcp) }
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
        throw BenchmarkError("nobody listens at port \(port) after \(deadline); run the server by hand to see why")
    }

    private static func text(tcp: Bool) -> String {
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
