/// What a kernel guest is booted for: one command, in a directory of the host, with modules loaded before it.
public struct GuestRequest: Sendable, Equatable {
    /// The program and its arguments; the program is an absolute path, the same as on the host.
    public var words: [String]
    /// The variables that it gets.
    public var environment: [String: String]
    /// The directory that it starts in.
    public var directory: String
    /// Modules that are loaded before it starts, such as `ip_vs`; their needs come by themselves.
    public var modules: [String]

    /// A request.
    public init(words: [String], environment: [String: String] = [:], directory: String = "/", modules: [String] = []) {
        self.words = words
        self.environment = environment
        self.directory = directory
        self.modules = modules
    }

    /// Variables that a program of this machine needs to be found and to find its libraries and plugins.
    public static let inherited = ["CNI_PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "NO_COLOR", "PATH", "TZ"]
}
