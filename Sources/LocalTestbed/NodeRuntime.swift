import ContainerNetworking
import Processes

/// The CNI runtime of a node: plugins run in the node's network namespace, entered by `nsenter`.
enum NodeRuntime {
    static func make(
        nodeNamespace: String,
        pluginDirectories: [String],
        cacheDirectory: String,
        ties: ProcessTies = .none
    ) -> CNIRuntime {
        CNIRuntime(
            pluginDirectories: pluginDirectories,
            launch: { command in
                var wrapped = command
                wrapped.executable = "nsenter"
                wrapped.arguments = ["--net=\(nodeNamespace)", "--", command.executable] + command.arguments
                return ties.tie(wrapped)
            },
            deadline: .seconds(20),
            cacheDirectory: cacheDirectory
        )
    }
}
