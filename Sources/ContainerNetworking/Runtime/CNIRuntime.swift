public import Processes

/// The runtime side of the CNI specification, versions 0.3.0 to 1.1.0: starts plugins and chains their results.
///
/// Operations on different attachments may run at the same time; those on one attachment must follow each other, as
/// the specification demands of a runtime.
public struct CNIRuntime: Sendable {
    /// Where plugins are looked for, in this order; they reach the plugins as `CNI_PATH`.
    public let pluginDirectories: [String]

    /// The longest time one plugin may take.
    public let deadline: Duration

    let cache: AttachmentCache
    private let launch: @Sendable (Command) -> Command

    /// Creates a runtime.
    ///
    /// - Parameters:
    ///   - pluginDirectories: Where plugins are looked for.
    ///   - launch: Wraps the command of every plugin, for example in `nsenter` for the network namespace of a node.
    ///   - deadline: The longest time one plugin may take.
    ///   - cacheDirectory: Where the records of attachments are kept until they are deleted; made when needed.
    public init(
        pluginDirectories: [String] = ["/usr/lib/cni", "/opt/cni/bin"],
        launch: @escaping @Sendable (Command) -> Command = { $0 },
        deadline: Duration,
        cacheDirectory: String
    ) {
        self.pluginDirectories = pluginDirectories
        self.launch = launch
        self.deadline = deadline
        cache = AttachmentCache(directory: cacheDirectory)
    }

    /// Returns the plugins of the network, IPAM plugins among them, that are in none of the plugin directories.
    public func missingPlugins(in list: NetworkConfigurationList) -> [String] {
        list.pluginTypes.filter { path(of: $0) == nil }
    }

    /// Asks a plugin which versions of the specification it supports (`VERSION`).
    ///
    /// - Throws: ``CNIError`` when the plugin is missing, fails, or answers something else.
    public func version(of plugin: String) async throws(CNIError) -> [String] {
        let newest = JSONValue.object(["cniVersion": .string(CNIVersion.v1x1x0.rawValue)])
        let environment = [
            "CNI_COMMAND": CNICommand.version.rawValue, "CNI_PATH": pluginDirectories.joined(separator: ":"),
            // Plugins older than 0.4.0 insist on these for every command.
            "CNI_CONTAINERID": "version", "CNI_NETNS": "/proc/self/ns/net", "CNI_IFNAME": "eth0", "CNI_ARGS": "",
        ]
        return try await start(plugin, .version, environment: environment, input: newest.text).versions()
    }

    /// Returns the records of all attachments that are not deleted yet, those that an interrupted `ADD` left among
    /// them, so that they can be deleted after a crash.
    ///
    /// - Throws: ``CNIError`` of the kind `cacheFailed`.
    public func cachedAttachments() throws(CNIError) -> [CachedAttachment] {
        try cache.all()
    }

    /// The same without those that cannot be read, for whoever only wants to know where to look.
    public func readableAttachments() -> [CachedAttachment] { cache.readable() }

    /// Calls one plugin of a list.
    func call(
        _ command: CNICommand,
        _ plugin: JSONValue,
        of list: NetworkConfigurationList,
        _ attachment: Attachment,
        previous: CNIResult?
    ) async throws(CNIError) -> PluginAnswer {
        let request = PluginRequest(
            command: command,
            list: list,
            plugin: plugin,
            attachment: attachment,
            previous: previous,
            pluginDirectories: pluginDirectories
        )
        return try await start(request.type, command, environment: request.environment, input: request.input)
    }

    /// Starts a plugin and waits for its end.
    func start(
        _ plugin: String,
        _ command: CNICommand,
        environment: [String: String],
        input: String
    ) async throws(CNIError) -> PluginAnswer {
        func failure(_ kind: CNIError.Kind, _ message: String, _ tail: String = "") -> CNIError {
            CNIError(plugin: plugin, command: command, kind: kind, msg: message, standardErrorTail: tail)
        }
        guard let path = path(of: plugin) else {
            throw failure(.pluginNotFound, "it is in none of \(pluginDirectories.joined(separator: ", "))")
        }
        do throws(ProcessError) {
            let output = try await ProcessRunner.run(
                launch(Command(executable: path, environment: environment)),
                input: input,
                deadline: deadline
            )
            return PluginAnswer(plugin: plugin, command: command, output: output)
        } catch {
            switch error {
            case .timedOut(_, _, let tail):
                throw failure(.timedOut, "it did not end within \(deadline) and was ended", tail)
            case .cancelled: throw failure(.cancelled, "it was ended because the work around it was cancelled")
            case .outputTooLarge: throw failure(.rubbish, "\(error)")
            default: throw failure(.startFailed, "\(error)")
            }
        }
    }

    /// Plugins are found in the plugin directories only, never in `PATH`.
    private func path(of plugin: String) -> String? {
        pluginDirectories.lazy.compactMap { Programs.find("\($0)/\(plugin)") }.first
    }
}
