import Contract
import Processes
import Quantities

/// The command lines of netperf; pure.
enum NetperfCommand {
    /// Selectors of the omni output (`-k`), one `NAME=VALUE` a line.
    static let selectors = [
        "THROUGHPUT", "THROUGHPUT_UNITS", "ELAPSED_TIME", "P50_LATENCY", "P90_LATENCY", "P99_LATENCY",
        "REMOTE_BYTES_RECVD", "LOCAL_TRANSPORT_RETRANS",
    ]

    static func server(_ executable: String, _ server: NetperfServer, port: UInt16) -> Command {
        let family = server.family == .ipv4 ? "-4" : "-6"
        // -D: netserver stays in the foreground, where it can be ended.
        return Command(executable: executable, arguments: ["-D", family, "-p", "\(port)"])
    }

    static func client(_ executable: String, _ probe: NetperfProbe, test: String) -> Command {
        // -P 0 leaves the banner out, of which nothing is read.
        var arguments = [
            "-H", "\(probe.target)", "-p", "\(probe.port)", probe.target.family == .ipv4 ? "-4" : "-6",
            "-t", test, "-l", "\(probe.seconds)", "-P", "0",
        ]
        // -j keeps what the percentiles need.
        if probe.pattern != .stream { arguments.append("-j") }
        arguments.append("--")
        if probe.pattern != .stream { arguments += ["-r", "\(probe.messageSize),\(probe.messageSize)"] }
        // The local port is any.
        if let port = probe.dataPort { arguments += ["-P", "0,\(port)"] }
        arguments += ["-k", selectors.joined(separator: ",")]
        return Command(executable: executable, arguments: arguments)
    }
}
