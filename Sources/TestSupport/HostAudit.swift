import Foundation
import LinuxHost
import Netlink
import Quantities

/// What a test could leave behind on the host: taken before and after, the difference is what it left.
public struct HostAudit: Sendable, Equatable {
    /// Named namespaces whose names start with the prefix.
    public let namespaces: Set<String>
    /// Names of the links in the namespace of the caller.
    public let links: Set<String>
    /// Routes of the main table in the namespace of the caller.
    public let routes: Set<String>
    /// Processes inside those namespaces, and children of this process if they were asked for.
    public let processes: Set<Int32>

    /// Looks at the host; `prefix` limits namespaces and their processes to those of one suite.
    ///
    /// Children of this process cannot be told apart by suite, so count them only where nothing else runs.
    public static func take(prefix: String = "nm", children: Bool = false) throws -> HostAudit {
        let socket = try NetlinkSocket()
        let names = NetworkNamespace.names().filter { $0.hasPrefix(prefix) }
        return HostAudit(
            namespaces: Set(names),
            links: Set(try socket.links().map(\.name)),
            routes: Set(try socket.routes(family: .ipv4).map(\.description))
                .union(try socket.routes(family: .ipv6).map(\.description)),
            processes: Set(NetworkNamespace.processes(in: names).keys).union(children ? Self.children() : [])
        )
    }

    /// What is there now and was not there before, one thing a line.
    public func leftovers(since before: HostAudit) -> [String] {
        namespaces.subtracting(before.namespaces).sorted().map { "namespace \($0)" }
            + links.subtracting(before.links).sorted().map { "link \($0)" }
            + routes.subtracting(before.routes).sorted().map { "route \($0)" }
            + processes.subtracting(before.processes).sorted().map { "process \($0)" }
    }

    /// What is left since `before`, after giving the kernel time: it takes namespaces down in the background.
    public static func leftovers(
        since before: HostAudit, prefix: String = "nm", children: Bool = false, patience: Duration = .seconds(5)
    ) throws -> [String] {
        let end = ContinuousClock.now + patience
        var left = try take(prefix: prefix, children: children).leftovers(since: before)
        while !left.isEmpty && ContinuousClock.now < end {
            Thread.sleep(forTimeInterval: 0.02)
            left = try take(prefix: prefix, children: children).leftovers(since: before)
        }
        return left
    }

    private static func children() -> Set<Int32> {
        let own = ProcessInfo.processInfo.processIdentifier
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return Set(
            entries.compactMap(Int32.init).filter { process in
                guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8) else {
                    return false
                }
                return status.contains("\nPPid:\t\(own)\n")
            }
        )
    }
}
