import Foundation

/// An installed kernel that a guest can boot: its image and its modules, of the same release.
public struct KernelImage: Sendable, Equatable {
    /// The release, such as `6.1.0-56-amd64`.
    public let release: String
    /// The path of the compressed kernel.
    public let path: String
    /// The directory of its modules.
    public let modules: String
    /// What its modules need.
    public let dependencies: ModuleDependencies

    /// What every guest needs to have a disk and a voice.
    static let bootModules = ["virtio_pci", "virtio_console", "9p", "9pnet_virtio", "overlay"]

    /// The newest kernel below `boot` whose modules are below `modules` and hold what a guest needs; nil without one.
    public static func newest(boot: String = "/boot", modules: String = "/lib/modules") -> KernelImage? {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: boot)) ?? []
        let releases = files.filter { $0.hasPrefix("vmlinuz-") }.map { String($0.dropFirst("vmlinuz-".count)) }
        for release in releases.sorted(by: { isNewer($0, than: $1) }) {
            let directory = "\(modules)/\(release)"
            guard let text = try? String(contentsOfFile: "\(directory)/modules.dep", encoding: .utf8) else { continue }
            let builtIn = try? String(contentsOfFile: "\(directory)/modules.builtin", encoding: .utf8)
            let dependencies = ModuleDependencies(dependencies: text, builtIn: builtIn ?? "")
            guard bootModules.allSatisfy(dependencies.contains) else { continue }
            return KernelImage(
                release: release,
                path: "\(boot)/vmlinuz-\(release)",
                modules: directory,
                dependencies: dependencies
            )
        }
        return nil
    }

    /// Whether it was built with an entry for its unpacked form, by its `config-` file.
    var hasDirectEntry: Bool {
        guard let separator = path.lastIndex(of: "/") else { return false }
        let config = try? String(contentsOfFile: "\(path[..<separator])/config-\(release)", encoding: .utf8)
        return config?.split(separator: "\n").contains("CONFIG_PVH=y") == true
    }

    /// Which of these modules it has, in a file or built in.
    public func having(_ modules: [String]) -> [String] { modules.filter(dependencies.contains) }

    /// Orders releases by their numbers, so that 6.10 is newer than 6.9.
    static func isNewer(_ one: String, than other: String) -> Bool {
        let (left, right) = (numbers(of: one), numbers(of: other))
        return left == right ? one > other : right.lexicographicallyPrecedes(left)
    }

    private static func numbers(of release: String) -> [Int] {
        release.split { !$0.isNumber }.prefix(5).compactMap { Int($0) }
    }
}
