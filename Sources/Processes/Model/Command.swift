/// A program to start: what to execute, with which arguments, in which surroundings.
///
/// Arguments reach the program as they are; no shell is involved, so nothing needs quoting.
public struct Command: Sendable, Hashable, CustomStringConvertible {
    /// An absolute path, or a name that is looked up in `PATH` and in the usual system directories.
    public var executable: String

    /// The arguments after the program's own name.
    public var arguments: [String]

    /// Variables added to the inherited environment; they win over inherited ones of the same name.
    ///
    /// But for the language, which is always that of the C library: what programs print is read.
    public var environment: [String: String]

    /// The directory the program starts in, or nil for the directory of this process.
    public var workingDirectory: String?

    /// Creates a command.
    public init(
        executable: String,
        arguments: [String] = [],
        environment: [String: String] = [:],
        workingDirectory: String? = nil
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
    }

    /// The command as a person would type it, for messages only.
    public var description: String {
        ([executable] + arguments).map(Self.quoted).joined(separator: " ")
    }

    private static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default:
                "-_./:=,@%+".utf8.contains(byte)
            }
        }
        return isPlain && !word.isEmpty ? word : "'\(word)'"
    }
}
