/// What is known of a plugin that gets an operation wrong, whichever network it is used in.
public struct KnownFault: Sendable, Equatable {
    /// The type of the plugin.
    public let plugin: String
    /// The operation.
    public let command: CNICommand
    /// What it gets wrong, and in which versions.
    public let explanation: String
    /// The member of a list that leaves the operation out.
    public let wayOut: String
    /// Words of the plugin by which the fault is known, all of them.
    let signs: [String]

    /// Every fault that is known.
    static let all = [
        KnownFault(
            plugin: "portmap",
            command: .check,
            explanation: "up to version 1.1.1, CHECK of portmap looks for rules of both families wherever a pod has an "
                + "address of one, and ADD never makes them",
            wayOut: #""disableCheck": true"#,
            signs: ["could not check ipv", "not found"]
        )
    ]

    /// The fault that an error is an instance of, by the plugin, the operation and its words.
    public static func explaining(_ error: CNIError) -> KnownFault? {
        let words = (error.msg + " " + error.details).lowercased()
        return all.first { fault in
            fault.plugin == error.plugin && fault.command == error.command
                && fault.signs.allSatisfy { words.contains($0) }
        }
    }

    /// Whether CHECK is better left out of a network of these plugins.
    public static func spoilsCheck(ofPlugins types: [String]) -> Bool {
        all.contains { $0.command == .check && types.contains($0.plugin) }
    }

    /// What is wrong and the way out, for the end of a message.
    var advice: String { "\(explanation): leave it out with \(wayOut) in the list" }
}
