import Processes

/// Makes chains and the rules that lead to them as kube-proxy does in a full sync: by a program for each question and
/// each change, whatever is there.
struct JumpCalls: Sendable {
    let loader: Loader
    let backend: IPTablesBackend
    let purpose: Loader.Purpose

    /// What `iptables` ends with when a chain is there already, or a rule is not.
    private static let no: Int32 = 1

    /// The canaries, then each jump rule with its chain.
    func ensure() async throws(ServiceProxyError) -> Programming {
        var cost = Programming()
        // The order in which kube-proxy's monitor makes its canaries.
        for table in [IPTablesTable.mangle, .nat, .filter] {
            cost += try await ensure(IPTablesTable.canary, in: table)
        }
        for jump in JumpRule.all {
            cost += try await ensure(jump.target, in: jump.table)
            cost += try await ensure(jump)
        }
        return cost
    }

    private func ensure(_ chain: StaticString, in table: IPTablesTable) async throws(ServiceProxyError) -> Programming {
        try await ask(["-N", "\(chain)", "-t", table.rawValue]).cost
    }

    private func ensure(_ jump: JumpRule) async throws(ServiceProxyError) -> Programming {
        let words = ["\(jump.source)", "-t", jump.table.rawValue] + jump.arguments
        let (isThere, cost) = try await ask(["-C"] + words)
        // -I alone would put the same rule there once more at each sync.
        guard !isThere else { return cost }
        return cost
            + (try await loader.run(backend.single, wait + ["-I"] + words, for: purpose, watchesMemory: false).cost)
    }

    /// Whether the program said yes; an error when it said anything but yes and no.
    private func ask(_ arguments: [String]) async throws(ServiceProxyError) -> (answer: Bool, cost: Programming) {
        let (output, cost) = try await loader.attempt(
            backend.single, wait + arguments, for: purpose, watchesMemory: false)
        guard output.status.isSuccess || output.status == .exited(Self.no) else {
            throw ToolWords.error(in: output, purpose, loader.configuration)
        }
        return (output.status.isSuccess, cost)
    }

    private var wait: [String] { ["-w", "\(loader.configuration.lockWaitSeconds)"] }
}
