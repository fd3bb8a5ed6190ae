/// Which files a kernel module needs, from `modules.dep` and `modules.builtin` as depmod(8) and the kernel's build
/// write them.
public struct ModuleDependencies: Sendable, Equatable {
    private let needs: [String: [String]]
    private let paths: [String: String]
    private let builtIn: Set<String>

    /// Takes the texts of both files; a line of `modules.dep` is a path, a colon, and the paths that it needs.
    public init(dependencies: String, builtIn: String) {
        var needs: [String: [String]] = [:]
        var paths: [String: String] = [:]
        for line in dependencies.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let path = String(line[..<colon])
            needs[path] = line[line.index(after: colon)...].split(separator: " ").map(String.init)
            paths[Self.name(ofFile: path)] = path
        }
        self.needs = needs
        self.paths = paths
        self.builtIn = Set(builtIn.split(separator: "\n").map { Self.name(ofFile: String($0)) })
    }

    /// Whether the kernel has a module of this name, in a file or built in.
    public func contains(_ name: String) -> Bool {
        let name = Self.canonical(name)
        return builtIn.contains(name) || paths[name] != nil
    }

    /// The files to load for these modules, each after what it needs and once; what is built in needs none.
    ///
    /// A name that the kernel does not have is an error that says so.
    public func files(for names: [String]) throws(GuestError) -> [String] {
        var order: [String] = []
        var seen: Set<String> = []
        for name in names.map(Self.canonical) where !builtIn.contains(name) {
            guard let path = paths[name] else {
                throw GuestError(
                    code: .missing,
                    operation: "load",
                    object: "the module \(name)",
                    cause: "this kernel's modules.dep has none of that name",
                    nextStep: "install a kernel that has it, such as linux-image-amd64"
                )
            }
            visit(path, &order, &seen)
        }
        return order
    }

    private func visit(_ path: String, _ order: inout [String], _ seen: inout Set<String>) {
        guard seen.insert(path).inserted else { return }
        // depmod lists the nearest need first, so the last of the line is the first to load.
        for need in (needs[path] ?? []).reversed() { visit(need, &order, &seen) }
        order.append(path)
    }

    /// `kernel/net/9p/9pnet.ko.xz` is the module `9pnet`; dashes and underscores are the same to the kernel.
    static func name(ofFile path: String) -> String {
        let file = path.split(separator: "/").last ?? ""
        return canonical(file.split(separator: ".").first.map(String.init) ?? "")
    }

    private static func canonical(_ name: String) -> String {
        String(name.map { $0 == "-" ? "_" : $0 })
    }
}
