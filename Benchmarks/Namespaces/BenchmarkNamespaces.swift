import Glibc
import LinuxHost

/// The namespaces of one process of this program: `nm-bench-PID-…`, so that those of a killed one can be told.
enum BenchmarkNamespaces {
    private static let prefix = "nm-bench-"

    static func name(_ suffix: String) -> String { "\(prefix)\(getpid())-\(suffix)" }

    /// Removes everything that this process made, and everything that one left that is gone.
    ///
    /// Called on every way out, so it goes on where something cannot be removed.
    static func sweep() {
        let names = NetworkNamespace.names().filter(isOurs)
        _ = ProcessEnd.end(Array(NetworkNamespace.processes(in: names).keys), deadline: .seconds(2))
        for name in names { try? NetworkNamespace.remove(named: name) }
    }

    private static func isOurs(_ name: String) -> Bool {
        guard name.hasPrefix(prefix), let owner = name.split(separator: "-").dropFirst(2).first.flatMap({ Int32($0) })
        else { return false }
        return owner == getpid() || (kill(owner, 0) != 0 && errno == ESRCH)
    }
}
