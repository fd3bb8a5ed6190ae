public import ContainerNetworking
import Processes

/// Calls all plugins of a list as a runtime does, but does whatever it is asked to and keeps no records.
public struct ListCaller: Sendable {
    private let runtime: CNIRuntime
    /// The list whose plugins are called.
    public let list: NetworkConfigurationList

    /// Calls the plugins of this list by this runtime.
    public init(runtime: CNIRuntime, list: NetworkConfigurationList) {
        self.runtime = runtime
        self.list = list
    }

    /// What came of an ADD through the chain.
    public struct Added: Sendable {
        /// How the last plugin that was called answered.
        public let reply: PluginReply
        /// The last result; nil where a plugin failed.
        public let result: CNIResult?
        /// What runtimes let pass in the results, by plugin.
        public let deviations: [String]
    }

    /// ADD through the chain; the result is nil where a plugin failed.
    public func add(_ attachment: Attachment) async -> Added {
        var previous: CNIResult?
        var reply: PluginReply?
        var deviations: [String] = []
        for plugin in list.plugins {
            do throws(CNIError) {
                let output = try await runtime.callDirectly(.add, plugin, of: list, attachment, previous: previous)
                let answer = PluginReply(output)
                guard answer.succeeded,
                    let result = try? CNIResult(json: output.standardOutput, askedFor: list.version)
                else { return Added(reply: answer, result: nil, deviations: deviations) }
                let type = plugin["type"]?.string ?? ""
                deviations += result.deviations.map { "\(type): \($0)" }
                (reply, previous) = (answer, result)
            } catch {
                return Added(reply: PluginReply(error), result: nil, deviations: deviations)
            }
        }
        return Added(reply: reply ?? PluginReply(Self.empty(list)), result: previous, deviations: deviations)
    }

    /// CHECK in order, to the first failure.
    public func check(_ attachment: Attachment, _ result: CNIResult?) async -> PluginReply {
        await through(list.plugins, .check, attachment, result)
    }

    /// DEL in reverse order; the first failure is reported.
    public func delete(_ attachment: Attachment, _ result: CNIResult?) async -> PluginReply {
        await through(list.plugins.reversed(), .delete, attachment, result)
    }

    /// One command to the first plugin alone, with other words on standard input.
    public func first(_ command: CNICommand, _ attachment: Attachment, input: String? = nil) async -> PluginReply {
        guard let plugin = list.plugins.first else { return PluginReply(Self.empty(list)) }
        return await call(command, plugin, attachment, nil, input)
    }

    private func through(
        _ plugins: [JSONValue],
        _ command: CNICommand,
        _ attachment: Attachment,
        _ result: CNIResult?
    ) async -> PluginReply {
        var failure: PluginReply?
        var last: PluginReply?
        for plugin in plugins {
            let reply = await call(command, plugin, attachment, result, nil)
            last = reply
            if !reply.succeeded { failure = failure ?? reply }
            // DEL goes on, so that the other plugins free what they hold.
            if failure != nil, command != .delete { break }
        }
        return failure ?? last ?? PluginReply(Self.empty(list))
    }

    private func call(
        _ command: CNICommand,
        _ plugin: JSONValue,
        _ attachment: Attachment,
        _ previous: CNIResult?,
        _ input: String?
    ) async -> PluginReply {
        do throws(CNIError) {
            return PluginReply(
                try await runtime.callDirectly(command, plugin, of: list, attachment, previous: previous, input: input)
            )
        } catch {
            return PluginReply(error)
        }
    }

    private static func empty(_ list: NetworkConfigurationList) -> CNIError {
        CNIError(plugin: list.name, command: nil, kind: .invalidConfiguration, msg: "the list has no plugins")
    }
}
