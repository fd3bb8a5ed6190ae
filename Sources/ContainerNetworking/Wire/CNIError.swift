public import JSON

/// Why a network could not be attached, checked or detached.
public struct CNIError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is; it decides the next step.
    public enum Kind: String, Sendable, Hashable {
        /// The configuration is not a valid network configuration list.
        case invalidConfiguration
        /// The configuration or the plugin uses a version of the specification that the other side does not speak.
        case unsupportedVersion
        /// The container, the interface name or an argument cannot be used.
        case invalidAttachment
        /// The container is attached already, or an earlier attempt left traces.
        case alreadyAttached
        /// The plugin is in none of the plugin directories.
        case pluginNotFound
        /// The plugin could not be started.
        case startFailed
        /// The plugin did not end within the deadline and was ended.
        case timedOut
        /// The surrounding task was cancelled and the plugin was ended.
        case cancelled
        /// The plugin answered with an error object.
        case refused
        /// The plugin failed and gave no error object.
        case failedWithoutError
        /// The plugin claims success, but its answer is not a result.
        case rubbish
        /// The plugin claims success and answered nothing.
        case noResult
        /// The record of an attachment could not be read or written.
        case cacheFailed
    }

    /// The plugin's type, or the name of the network when no plugin is involved.
    public let plugin: String
    /// The operation, or nil when it failed before one was chosen.
    public let command: CNICommand?
    /// What kind of failure it is.
    public let kind: Kind
    /// The code of the plugin's error object: 1...99 are the specification's, 100 and more the plugin's own.
    public let code: UInt?
    /// The plugin's message, or the runtime's own words.
    public let msg: String
    /// More about it: the plugin's details or an excerpt of what it wrote; may be empty.
    public let details: String
    /// The end of what the plugin wrote to standard error; may be empty.
    public let standardErrorTail: String
    /// Where in the configuration it is, when it is about one that was read from text.
    public let position: JSONPosition?

    /// Creates an error.
    public init(
        plugin: String,
        command: CNICommand?,
        kind: Kind,
        code: UInt? = nil,
        msg: String,
        details: String = "",
        standardErrorTail: String = "",
        position: JSONPosition? = nil
    ) {
        self.plugin = plugin
        self.command = command
        self.kind = kind
        self.code = code
        self.msg = msg
        self.details = details
        self.standardErrorTail = standardErrorTail
        self.position = position
    }

    /// What failed, with which plugin, why, and what to do next.
    public var description: String {
        var text = command.map { "\($0.rawValue) with the plugin \(plugin) failed: " } ?? "\(plugin): "
        if let position { text += "\(position): " }
        text += msg
        if let code { text += " (code \(code))" }
        if !details.isEmpty { text += ": \(details)" }
        if !standardErrorTail.isEmpty { text += "; standard error: \(standardErrorTail)" }
        return text + "; \(advice)"
    }

    /// What is known of the plugin comes before what the kind of failure suggests.
    private var advice: String {
        if let fault = KnownFault.explaining(self) { return fault.advice }
        guard let member = command?.disablingMember, ![.cancelled, .pluginNotFound].contains(kind) else {
            return nextStep
        }
        return "\(nextStep); where the plugin gets \(command?.rawValue ?? "") wrong, \"\(member)\": true in the list "
            + "leaves it out"
    }

    private var nextStep: String {
        switch kind {
        case .invalidConfiguration: "correct the network configuration list"
        case .unsupportedVersion: "set cniVersion to one that both sides support"
        case .invalidAttachment: "correct the attachment"
        case .alreadyAttached: "delete the attachment first"
        case .pluginNotFound:
            "install the package containernetworking-plugins, or add the directory that has the plugin"
        case .startFailed: "check that the plugin is executable and that its namespace exists"
        case .timedOut: "look for what the plugin waits for (an IPAM daemon, a lock), or raise the deadline"
        case .cancelled: "delete the attachment to remove what the plugin did until then"
        case .failedWithoutError, .rubbish, .noResult: "run the plugin by hand, and report it to its authors"
        case .cacheFailed: "check the cache directory, its permissions and its free space"
        case .refused: codeHint
        }
    }

    /// The well-known codes of the specification.
    private var codeHint: String {
        switch code {
        case 1: "set cniVersion to one that both sides support"
        case 2, 7: "correct the plugin's fields in the network configuration list"
        case 3: "the container is unknown to the plugin: attach it first, or forget it"
        case 4: "correct the attachment"
        case 5, 11: "try again; if it stays, look at what the plugin reads and writes"
        case 6: "correct the network configuration list"
        default: "see the message; the plugin's documentation explains it"
        }
    }
}
