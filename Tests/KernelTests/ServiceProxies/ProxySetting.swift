import Foundation
import Glibc
import LinuxHost
import Processes
import ServiceProxies
import TestSupport
import Testing

/// A namespace without a name in which proxies of a test work, and looks into it that do not go through a proxy.
struct ProxySetting: Sendable {
    /// The proxies' configuration: programs run in the namespace, with a lock file of its own.
    let configuration: ProxyConfiguration
    /// A directory of the test's own.
    let directory: String

    /// Makes a namespace, hands it to the body, and audits that nothing of kube-proxy is in the namespace of the tests.
    static func with(_ body: (ProxySetting) async throws -> Void) async throws {
        try await ScratchDirectory.with("proxies") { (directory: String) async throws in
            let namespace = try NetworkNamespace.createUnnamed()
            let path = "/proc/\(ProcessInfo.processInfo.processIdentifier)/fd/\(namespace.descriptor)"
            let configuration = ProxyConfiguration(
                localPodRange: IPv4Range(IPv4Address(number: 0x0AF4_0000), prefixLength: 24),
                nodeAddresses: [IPv4Address(number: 0xAC1E_0001)],
                lockFile: "\(directory)/xtables.lock", lockWaitSeconds: 1, deadline: .seconds(60),
                namespacePath: path)
            try await body(ProxySetting(configuration: configuration, directory: directory))
            _ = namespace.inode
        }
    }

    /// The configuration with something changed.
    func configuration(_ change: (inout ProxyConfiguration) -> Void) -> ProxyConfiguration {
        var changed = configuration
        change(&changed)
        return changed
    }

    /// What a program prints in the namespace.
    @discardableResult
    func run(_ program: String, _ arguments: String..., input: String = "") async throws -> String {
        let net = "--net=\(configuration.namespacePath ?? "")"
        let command = Command(
            executable: "nsenter", arguments: [net, "--", program] + arguments,
            environment: ["XTABLES_LOCKFILE": "\(directory)/xtables.lock"])
        return try await ProcessRunner.run(command, input: input, deadline: .seconds(30)).requireSuccess()
            .standardOutput
    }

    /// Everything that tables of the namespace hold, by all three programs.
    func everything() async throws -> String {
        let listings = [
            try await run("iptables-legacy-save"), try await run("iptables-nft-save"),
            try await run("nft", "list", "ruleset"),
        ]
        return listings.joined().split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n")
    }

    /// Puts a program of this name into the test's directory.
    func fake(_ name: String, _ script: String) throws {
        let path = "\(directory)/\(name)"
        try "#!/bin/sh\n\(script)".write(toFile: path, atomically: true, encoding: .utf8)
        #expect(chmod(path, 0o755) == 0)
    }
}
