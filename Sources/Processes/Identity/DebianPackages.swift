/// Which Debian package brought a file, and in which version: dpkg-query(1).
///
/// Nothing on other distributions, and nothing for files that no package brought.
enum DebianPackages {
    /// `NAME VERSION` of the package of each file that belongs to one.
    static func owners(of files: [String]) async -> [String: String] {
        guard !files.isEmpty, let query = Programs.find("dpkg-query") else { return [:] }
        // One query for all files: each start of dpkg-query reads the whole database.
        let asked = Set(files.flatMap(spellings)).sorted()
        guard let found = await output(of: query, ["--search", "--"] + asked) else { return [:] }
        let names = packages(in: found)
        let wanted = Set(names.values).sorted()
        guard !wanted.isEmpty,
            let listed = await output(
                of: query, ["--show", "--showformat", #"${binary:Package} ${Version}\n"#] + wanted)
        else { return [:] }
        let versions = versions(in: listed)
        var owners: [String: String] = [:]
        for file in files {
            guard let name = spellings(file).lazy.compactMap({ names[$0] }).first else { continue }
            owners[file] = versions[name].map { "\(plain(name)) \($0)" } ?? plain(name)
        }
        return owners
    }

    /// The package of each file in what `dpkg-query --search` prints: `PACKAGE[, PACKAGE]…: FILE` a line.
    static func packages(in text: String) -> [String: String] {
        var found: [String: String] = [:]
        // Diversions stand between the owners: `diversion by dash from: /bin/sh`.
        for line in text.split(separator: "\n") where !line.hasPrefix("diversion by ") {
            guard let colon = line.firstRange(of: ": ") else { continue }
            let name = line[..<colon.lowerBound].split(separator: ",").first ?? ""
            found[String(line[colon.upperBound...])] = String(name)
        }
        return found
    }

    /// The version of each package in what `dpkg-query --show` prints.
    static func versions(in text: String) -> [String: String] {
        var found: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 2 else { continue }
            found[String(words[0])] = String(words[1])
            found[plain(String(words[0]))] = String(words[1])
        }
        return found
    }

    /// A file as it is found, and as packages from before `/bin` became a link to `/usr/bin` call it.
    static func spellings(_ file: String) -> [String] {
        file.hasPrefix("/usr/") ? [file, String(file.dropFirst("/usr".count))] : [file]
    }

    /// The name without the architecture: `libc6` for `libc6:amd64`.
    private static func plain(_ name: String) -> String {
        String(name.prefix { $0 != ":" })
    }

    /// What a query prints; it ends with 1 where one of several files belongs to no package, and prints the others.
    private static func output(of query: String, _ arguments: [String]) async -> String? {
        let command = Command(executable: query, arguments: arguments)
        return try? await ProcessRunner.run(command, deadline: .seconds(10)).standardOutput
    }
}
