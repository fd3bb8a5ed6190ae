import Glibc

/// Finds programs, and knows which package brings the ones this product uses.
public enum Programs {
    /// Returns the absolute path of the first executable file with this name, or nil.
    ///
    /// A name with a slash is taken as a path. Otherwise the `extra` directories are searched first, then `PATH`,
    /// then the system directories, because an unprivileged `PATH` often lacks the `sbin` ones.
    public static func find(_ name: String, in extra: [String] = []) -> String? {
        guard !name.isEmpty else { return nil }
        if name.contains("/") {
            return isExecutableFile(name) ? name : nil
        }
        for directory in extra + pathDirectories() + systemDirectories {
            let candidate = directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
            if isExecutableFile(candidate) { return candidate }
        }
        return nil
    }

    /// Says what to do when a program is missing: the package that brings it, where that is known.
    public static func hint(forMissing name: String) -> String {
        let base = name.split(separator: "/").last.map(String.init) ?? name
        if let package = packages[base] {
            return "install the package \(package)"
        }
        return name.contains("/") ? "check that \(name) exists and is executable" : "install \(name) or add it to PATH"
    }

    private static let systemDirectories = [
        "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin",
    ]

    /// Debian package names.
    private static let packages = [
        "gnuplot": "gnuplot-nox", "ip": "iproute2", "iperf3": "iperf3", "netperf": "netperf", "netserver": "netperf",
        "nsenter": "util-linux", "unshare": "util-linux", "taskset": "util-linux", "tc": "iproute2",
        "ethtool": "ethtool", "nft": "nftables", "iptables-legacy-restore": "iptables",
        "iptables-legacy-save": "iptables", "iptables-nft-restore": "iptables", "iptables-nft-save": "iptables",
        "busybox": "busybox-static", "qemu-system-x86_64": "qemu-system-x86",
        "ipvsadm": "ipvsadm", "ipset": "ipset",
    ]

    private static func pathDirectories() -> [String] {
        getenv("PATH").map { absoluteEntries(of: String(cString: $0)) } ?? []
    }

    /// An empty or relative entry would mean the current directory, where nothing of ours belongs.
    private static func absoluteEntries(of path: String) -> [String] {
        path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
    }

    /// A `PATH` for programs that look for others: the absolute entries of this one, or where it has none, the system's
    /// directories, since an empty one stands for the current directory.
    public static func safePath(from path: String) -> String {
        let entries = absoluteEntries(of: path)
        return (entries.isEmpty ? systemDirectories : entries).joined(separator: ":")
    }

    private static func isExecutableFile(_ path: String) -> Bool {
        var status = stat()
        // access(2) with X_OK says yes to directories as well.
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
        return access(path, X_OK) == 0
    }
}
