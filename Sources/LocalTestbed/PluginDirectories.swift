import Processes

/// Where CNI plugins are looked for, and nowhere else: iproute2 has a program called `bridge`, too.
public enum PluginDirectories {
    /// Where Debian puts them, and where everybody else does.
    public static let standard = ["/usr/lib/cni", "/opt/cni/bin"]

    /// The directories that a value of `CNI_PATH` names, separated by colons as the CNI specification has it; the
    /// standard ones when it names none.
    public static func parse(_ path: String?) -> [String] {
        let named = (path ?? "").split(separator: ":").map(String.init)
        return named.isEmpty ? standard : named
    }

    static func find(_ plugin: String, in directories: [String]) -> String? {
        directories.lazy.compactMap { Programs.find("\($0)/\(plugin)") }.first
    }
}
