import Contract
import Processes
import Quantities

/// Rules of nftables that keep packets from a place, as a policy would; the text is pure.
struct BlockRules {
    /// The table, which goes with the namespace.
    static let table = "nm-blocks"

    let blocks: [StandIn.Block]

    init(_ blocks: [StandIn.Block]) {
        self.blocks = blocks
    }

    /// What `nft -f -` reads.
    var text: String {
        let rules = blocks.flatMap { block in
            Self.matches(of: block).map {
                "add rule inet \(Self.table) input \($0)\(block.rejects ? "reject" : "drop")\n"
            }
        }
        return "add table inet \(Self.table)\n"
            + "add chain inet \(Self.table) input { type filter hook input priority -10; policy accept; }\n"
            + rules.joined()
    }

    private static func matches(of block: StandIn.Block) -> [String] {
        let from = block.from.map { "\($0.family == .ipv4 ? "ip" : "ip6") saddr \($0) " } ?? ""
        guard let port = block.port else { return [from] }
        return ["tcp", "udp"].map { "\(from)\($0) dport \(port) " }
    }

    /// Loads them into the namespace of this process.
    func load() async throws(ProbeFailure) {
        let output: ProcessOutput
        do throws(ProcessError) {
            output = try await ProcessRunner.run(
                Command(executable: "nft", arguments: ["-f", "-"]), input: text, deadline: .seconds(10))
        } catch {
            throw ProbeFailure(.toolMissing, "the blocks cannot be loaded: \(error.description)")
        }
        guard output.status.isSuccess else {
            throw ProbeFailure(
                .toolFailed, "nft refused the blocks: \(output.standardError)", words: output.standardError)
        }
    }
}
