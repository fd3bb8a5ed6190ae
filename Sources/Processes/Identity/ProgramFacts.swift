internal import Digests
internal import Glibc

/// What a program is, beside what it says of itself: a version can be the same, or "unknown", when the file is another.
public enum ProgramFacts {
    /// Facts of the environment by program, each under a name such as `tool.iperf3`, given with its path.
    ///
    /// - `NAME.path`: the file itself, with all links followed.
    /// - `NAME.sha256`: the digest of the file.
    /// - `NAME.package`: the Debian package that brought the file, and its version; left out where none did.
    public static func read(_ programs: [String: String]) async -> [String: String] {
        let files = programs.compactMapValues(realPath)
        async let owners = DebianPackages.owners(of: Array(Set(programs.values).union(files.values)).sorted())
        // Several names may be one file, such as all of iptables.
        var digests: [String: String] = [:]
        for file in Set(files.values) { digests[file] = SHA256Digest(ofFile: file)?.description }
        let packages = await owners
        var facts: [String: String] = [:]
        for (name, file) in files {
            facts["\(name).path"] = file
            facts["\(name).sha256"] = digests[file] ?? "unreadable"
            // A link may be a package's own, or point out of it.
            facts["\(name).package"] = packages[file] ?? programs[name].flatMap { packages[$0] }
        }
        return facts
    }

    /// The same for programs that are looked up by their names; those that are not there are left out.
    public static func read(named names: [String], under prefix: String) async -> [String: String] {
        var programs: [String: String] = [:]
        for name in names { programs["\(prefix)\(name)"] = Programs.find(name) }
        return await read(programs)
    }

    /// realpath(3).
    private static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
