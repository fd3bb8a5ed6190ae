import Contract
import Processes

/// Looks for what a proxy would get into the way of: rules of a kube-proxy, in whatever mode, that we did not make.
struct ForeignState: Sendable {
    let loader: Loader
    let mode: ProxyMode

    private var purpose: Loader.Purpose { Loader.Purpose("use", mode.rawValue) }

    /// Throws when something of kube-proxy is there; with a backend of iptables also when the other backend has any
    /// rules.
    func refuse(besides backend: IPTablesBackend?) async throws(ServiceProxyError) {
        for candidate in IPTablesBackend.allCases where loader.find(candidate.save) != nil {
            try await refuse(candidate, isOther: backend == candidate.other)
        }
        if loader.find(NFTables.program) != nil { try await refuseTable() }
    }

    private func refuse(_ backend: IPTablesBackend, isOther: Bool) async throws(ServiceProxyError) {
        let (output, _) = try await loader.attempt(backend.save, for: purpose)
        guard output.status.isSuccess else {
            // A kernel without the other backend has no rules of it either.
            guard isOther || !mode.rawValue.hasSuffix(backend.rawValue) else {
                throw ToolWords.error(in: output, purpose, loader.configuration)
            }
            return
        }
        let found = try IPTablesSurvey(Array(output.standardOutput.utf8), from: backend.save)
        for (table, content) in found.tables.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            if let chain = content.chains.first {
                throw foreign("the chain \(chain) of the table \(table.rawValue) exists (iptables-\(backend.rawValue))")
            }
            if isOther, content.others > 0 {
                throw foreign(
                    "the table \(table.rawValue) has rules of iptables-\(backend.rawValue); both kinds in one namespace "
                        + "get into each other's way")
            }
        }
    }

    private func refuseTable() async throws(ServiceProxyError) {
        let (output, _) = try await loader.attempt(NFTables.program, ["--json", "list", "tables"], for: purpose)
        guard output.status.isSuccess else { return }
        let found = try NFTablesSurvey(Array(output.standardOutput.utf8))
        if found.tables.contains(NFTables.table) {
            throw foreign("the table \(NFTables.table) of nftables exists")
        }
    }

    private func foreign(_ cause: String) -> ServiceProxyError {
        ServiceProxyError(
            .foreign, operation: purpose.operation, object: purpose.object, cause: cause,
            nextStep: "it is not ours and was left alone; use a namespace without kube-proxy, or remove it")
    }
}
