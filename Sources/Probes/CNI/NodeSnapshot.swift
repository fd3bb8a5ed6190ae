import ContainerNetworking
import Foundation
import Netlink
import Processes
import Quantities

/// What there is on a node that a pod's attachment can leave behind: links, addresses, routes, rules, files.
///
/// Link-local addresses and their routes are left out: the kernel adds them to new links by itself, some time later.
struct NodeSnapshot: Sendable, Equatable {
    /// One thing each, such as `link veth0 of kind veth`.
    var things: Set<String>

    /// What is here and was not there before, sorted.
    func surplus(over before: NodeSnapshot) -> [String] { things.subtracting(before.things).sorted() }

    /// Looks at the namespace of this process, at the files of its run, and at what plugins remember of its pods.
    static func take(_ operations: CNIOperations, state: PluginState) async throws(ProbeFailure) -> NodeSnapshot {
        var things = try kernel()
        things.formUnion(files(below: operations.directory))
        // Others keep their state there, too, and may change it at any time.
        things.formUnion(
            state.files(ofContainersWith: operations.containerPrefix).map { "file \($0.path) of \($0.container)" }
        )
        things.formUnion(try await packetFilterRules())
        return NodeSnapshot(things: things)
    }

    private static func files(below root: String) -> [String] {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
        return paths.map { "file \(root)/\($0)" }
    }

    private static func kernel() throws(ProbeFailure) -> Set<String> {
        do throws(NetlinkError) {
            let socket = try NetlinkSocket()
            let links = try socket.links()
            let names = Dictionary(links.map { ($0.index, $0.name) }, uniquingKeysWith: { first, _ in first })
            var things = Set(links.map { "link \($0.name) of kind \($0.kind.name)" })
            things.formUnion(
                try socket.addresses().map { "address \($0.address) on \(names[$0.linkIndex] ?? "\($0.linkIndex)")" }
            )
            things.formUnion(try socket.routes(family: .ipv4).map { "route \($0)" })
            things.formUnion(try socket.routes(family: .ipv6).map { "route \($0)" })
            things.formUnion(try socket.routingRules().map { "rule \($0)" })
            return things.filter { !isAutomatic($0) }
        } catch {
            throw ProbeFailure(.system, error.description)
        }
    }

    private static func isAutomatic(_ thing: String) -> Bool {
        thing.contains(" fe80:") || thing.contains(" ff00:")
    }

    private static let packetFilterTools: [(String, [String])] = [
        ("nft", ["-s", "list", "ruleset"]), ("iptables-save", []), ("ip6tables-save", []),
        // A kernel can have both kinds of tables, and each tool shows its own only.
        ("iptables-legacy-save", []), ("ip6tables-legacy-save", []),
    ]

    /// Rules are only compared, as the tools that own them print them; without a tool there is nothing to make them.
    private static func packetFilterRules() async throws(ProbeFailure) -> Set<String> {
        var found: Set<String> = []
        for (tool, arguments) in packetFilterTools {
            guard Programs.find(tool) != nil else { continue }
            do throws(ProcessError) {
                let output = try await ProcessRunner.run(
                    Command(executable: tool, arguments: arguments),
                    deadline: .seconds(10)
                )
                // A kernel without the packet filter refuses the tool, and has no rules.
                guard output.status.isSuccess else { continue }
                found.formUnion(PacketFilterRules.rules(in: output.standardOutput).map { "rule of \(tool): \($0)" })
            } catch {
                throw ProbeFailure(.toolFailed, error.description)
            }
        }
        return found
    }
}
