import LinuxHost
import Netlink
import Processes

/// A way to bring services and destinations into IPVS.
enum IPVSMaker: String, CaseIterable {
    /// As the product does it.
    case pipelined = "netmachinery"
    /// The same, but every request asks for an answer.
    case answered = "netmachinery, an answer to each"
    /// The same, but each request waits for its answer.
    case single = "netmachinery, one at a time"
    case ipvsadm = "ipvsadm -R"

    func make(_ tables: IPVSTables, in namespace: String) async throws {
        switch self {
        case .pipelined: try send(tables, in: namespace, PipelineShape())
        case .answered: try send(tables, in: namespace, PipelineShape(acknowledgesEach: true))
        case .single: try send(tables, in: namespace, PipelineShape(batchBytes: 1))
        case .ipvsadm:
            let path = NetworkNamespace.path(named: namespace)
            let command = Command(executable: "nsenter", arguments: ["--net=\(path)", "--", "ipvsadm", "-R"])
            try await ProcessRunner.run(command, input: tables.text, deadline: .seconds(600)).requireSuccess()
        }
    }

    private func send(_ tables: IPVSTables, in name: String, _ shape: PipelineShape) throws {
        let socket = try IPVSSocket(in: try NetworkNamespace.open(named: name))
        let outcome = try socket.send(tables.requests, shape: shape)
        if let refusal = outcome.refusals.first { throw refusal.error }
    }
}
