/// One interface of one container: what a network is attached to.
public struct Attachment: Sendable, Hashable, Codable {
    /// A name that is unique among the containers of the host: letters, digits, `_`, `.` and `-`.
    public var containerID: String
    /// The path of the container's network namespace, such as `/run/netns/NAME`.
    public var namespacePath: String
    /// The name of the interface inside the container, at most 15 bytes.
    public var interfaceName: String
    /// Extra arguments for all plugins, handed over as `CNI_ARGS`.
    public var arguments: [String: String]
    /// Values for the plugins that declare these capabilities, such as `portMappings`.
    public var capabilityArguments: [String: JSONValue]

    /// Creates an attachment.
    public init(
        containerID: String,
        namespacePath: String,
        interfaceName: String = "eth0",
        arguments: [String: String] = [:],
        capabilityArguments: [String: JSONValue] = [:]
    ) {
        self.containerID = containerID
        self.namespacePath = namespacePath
        self.interfaceName = interfaceName
        self.arguments = arguments
        self.capabilityArguments = capabilityArguments
    }

    /// The arguments in the form of `CNI_ARGS`, sorted by name.
    var argumentText: String {
        arguments.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";")
    }

    /// Checks what the specification and the kernel ask of the names.
    func validate(for network: String) throws(CNIError) {
        func refuse(_ message: String) -> CNIError {
            CNIError(plugin: network, command: nil, kind: .invalidAttachment, msg: message)
        }
        guard Identifier.isValid(containerID) else {
            throw refuse("the container \"\(containerID)\" is not a name of \(Identifier.expectation)")
        }
        // dev_valid_name in the kernel: 1 to 15 bytes, no slash, colon or white space, and not a directory name.
        let isName =
            (1...15).contains(interfaceName.utf8.count) && ![".", ".."].contains(interfaceName)
            && !interfaceName.utf8.contains { "/: \t\n\r\u{0B}\u{0C}\0".utf8.contains($0) }
        guard isName else {
            throw refuse("the interface \"\(interfaceName)\" is not a name of 1 to 15 bytes without / : and spaces")
        }
        guard namespacePath.hasPrefix("/") || namespacePath.isEmpty else {
            throw refuse("the namespace \"\(namespacePath)\" is not an absolute path")
        }
        for (name, value) in arguments where name.isEmpty || (name + value).contains(where: { ";=".contains($0) }) {
            throw refuse("the argument \"\(name)\" is empty, or it or its value contains ; or =")
        }
    }
}
