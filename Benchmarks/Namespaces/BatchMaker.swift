import LinuxHost
import Processes

/// Makes a round's namespaces with `ip -batch`.
enum BatchMaker {
    static func make(_ round: NamespaceRound, _ depth: NamespaceRound.Depth) async throws {
        try await run(outerBatch(round), in: round.hub)
        guard depth == .bothEnds else { return }
        for (index, name) in round.names.enumerated() {
            let address = try NamespaceRound.addresses(index).inner
            try await run("link set eth0 up\naddress add \(address) dev eth0\n", in: name)
        }
    }

    /// Starts `ip` with nothing to do: what of its time is the start of a process.
    static func makeNothing(_ round: NamespaceRound) async throws {
        try await run("", in: round.hub)
    }

    private static func outerBatch(_ round: NamespaceRound) throws -> String {
        try round.names.enumerated().map { index, name in
            """
            netns add \(name)
            link add v\(index) type veth peer name eth0 netns \(name)
            link set v\(index) up
            address add \(try NamespaceRound.addresses(index).hub) dev v\(index)

            """
        }.joined()
    }

    private static func run(_ batch: String, in namespace: String) async throws {
        // Not `ip -n`: with it, `ip` also takes a mount namespace of its own, in which new names stay invisible to others.
        let path = NetworkNamespace.path(named: namespace)
        let command = Command(executable: "nsenter", arguments: ["--net=\(path)", "--", "ip", "-batch", "-"])
        try await ProcessRunner.run(command, input: batch, deadline: .seconds(60)).requireSuccess()
    }
}
