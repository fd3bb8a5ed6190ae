import Contract

/// What came of trying a network out with two pods: why plugins refused, or made what cannot be measured.
struct PluginRefusal: Sendable, Equatable {
    let code: FailureCode
    let reason: String

    /// Whether the pods of the network have one address between them.
    var isSharedAddress: Bool { code == .sharedAddress }

    /// Whether plugins refused to make the network.
    var isRefused: Bool { [.toolFailed, .toolMissing].contains(code) }

    /// Whether it is the kernel or the machine that lacks something, by the words that plugins pass on.
    var isLack: Bool {
        let words = reason.lowercased()
        return isRefused && (code == .toolMissing || Self.lacks.contains { words.contains($0) })
    }

    /// What system calls and the tools that plugins use say where a kernel has not what is asked for.
    private static let lacks = [
        "operation not supported", "protocol not supported", "address family not supported", "not implemented",
        "unknown device type", "can't initialize iptables table", "can't initialize ip6tables table",
        "could not fetch rule set generation", "no chain/target/match by that name", "specified qdisc",
        "missing kernel module", "module not found",
    ]
}
