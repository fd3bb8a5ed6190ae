import Glibc

extension Sysctl {
    /// Every setting below a directory of `/proc/sys` that can be read, in the namespace of the calling thread.
    ///
    /// - Parameters:
    ///   - root: the directory, such as `net/ipv4`; one that this kernel lacks has no settings.
    ///   - isWanted: whether a directory, by its path below `/proc/sys`, is looked into.
    /// - Returns: values by keys with slashes, such as `net/ipv4/ip_forward`.
    public static func settings(below root: String, _ isWanted: (String) -> Bool = { _ in true }) -> [String: String] {
        var settings: [String: String] = [:]
        var open = [root]
        while let directory = open.popLast() {
            for name in HostFile.names(in: "/proc/sys/\(directory)") {
                let key = "\(directory)/\(name)"
                var status = stat()
                guard lstat("/proc/sys/\(key)", &status) == 0 else { continue }
                // Some can only be written, such as net.ipv4.route.flush.
                if status.st_mode & S_IFMT == S_IFDIR {
                    if isWanted(key) { open.append(key) }
                } else if status.st_mode & S_IRUSR != 0, let value = HostFile.line("/proc/sys/\(key)") {
                    settings[key] = value
                }
            }
        }
        return settings
    }
}
