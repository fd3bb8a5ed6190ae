import Processes

/// Where CNI plugins are looked for, and nowhere else: iproute2 has a program called `bridge`, too.
enum PluginDirectories {
    static func find(_ plugin: String, in directories: [String]) -> String? {
        directories.lazy.compactMap { Programs.find("\($0)/\(plugin)") }.first
    }
}
