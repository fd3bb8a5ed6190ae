import Foundation

/// The programs that were built together with the tests, beside the test bundle.
public enum BuiltProgram {
    /// The program is not where the build puts it.
    public struct Missing: Error, Sendable, Equatable, CustomStringConvertible {
        /// The program's name.
        public let name: String
        /// Where it was looked for.
        public let directories: [String]

        /// What is missing and how to build it.
        public var description: String {
            "the program \(name) is not built: there is none in \(directories.joined(separator: " or "));"
                + " build it together with the tests: swift build --build-tests"
        }
    }

    /// The path of a program; `netmachinery` where none is named.
    public static func path(of name: String = "netmachinery") throws(Missing) -> String {
        let candidates = directories.map { "\($0)/\(name)" }
        guard let path = candidates.first(where: FileManager.default.isExecutableFile(atPath:)) else {
            throw Missing(name: name, directories: directories)
        }
        return path
    }

    /// The directories of whatever runs the tests: the bundle itself on Linux, or a helper that was given its path.
    private static var directories: [String] {
        let bundles = CommandLine.arguments.filter { $0.contains(".xctest") }
        let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        var found: [String] = []
        for path in bundles + [link].compactMap(\.self) {
            let directory = directory(above: path)
            if !found.contains(directory) { found.append(directory) }
        }
        return found
    }

    private static func directory(above path: String) -> String {
        let bundle = path.split(separator: "/", omittingEmptySubsequences: false).prefix { !$0.hasSuffix(".xctest") }
        let isInside = bundle.count < path.split(separator: "/", omittingEmptySubsequences: false).count
        return isInside ? bundle.joined(separator: "/") : URL(fileURLWithPath: path).deletingLastPathComponent().path
    }
}
