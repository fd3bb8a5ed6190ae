import Contract
import Processes
import Quantities

/// The command lines of iperf3; pure.
enum Iperf3Command {
    /// A server for one test that also ends by itself when nobody comes.
    static func server(_ executable: String, port: UInt16, address: IPAddress?, idleSeconds: Int?) -> Command {
        var arguments = ["--server", "--one-off", "--json", "--interval", "0", "--port", "\(port)"]
        if let address { arguments += ["--bind", "\(address)"] }
        if let idleSeconds { arguments += ["--idle-timeout", "\(idleSeconds)"] }
        return Command(executable: executable, arguments: arguments)
    }

    /// A client; iperf3's own rate is one for each stream.
    ///
    /// `--interval 0` leaves the reports of every second out, which would make the JSON of a long test with many
    /// streams larger than what is read of it. The summaries at its end, which are all that is used, do not change.
    static func client(_ executable: String, _ probe: Iperf3Probe) -> Command {
        // The time-out is in milliseconds; without it iperf3 waits for as long as the kernel sends SYN again.
        var arguments = [
            "--client", "\(probe.target)", "--port", "\(probe.port)", "--json", "--interval", "0",
            "--time", "\(probe.seconds)", "--parallel", "\(probe.streams)", "--connect-timeout", "3000",
            probe.target.family == .ipv4 ? "-4" : "-6",
        ]
        if probe.omitSeconds > 0 { arguments += ["--omit", "\(probe.omitSeconds)"] }
        switch probe.direction {
        case nil, .up: break
        case .down: arguments.append("--reverse")
        case .both: arguments.append("--bidir")
        }
        if probe.transport == .udp { arguments.append("--udp") }
        if let mss = probe.mss { arguments += ["--set-mss", "\(mss)"] }
        if let rate = probe.bitsPerSecond {
            arguments += ["--bitrate", "\(UInt64((rate / Double(probe.streams)).rounded()))"]
        }
        return Command(executable: executable, arguments: arguments)
    }
}
