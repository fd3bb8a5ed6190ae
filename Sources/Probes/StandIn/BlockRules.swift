import Contract
import Processes
import Quantities

/// Rules of nftables that keep packets from a place, as a policy would; the text is pure.
struct BlockRules {
    /// The table.
    static let table = "nm-blocks"

    let blocks: [StandIn.Block]

    init(_ blocks: [StandIn.Block]) {
        self.blocks = blocks
    }

    /// What `nft -f -` reads.
    var text: String {
        let rules = blocks.flatMap { block in
            Self.rules(of: block).map { "add rule inet \(Self.table) input \($0)\n" }
        }
        return "add table inet \(Self.table)\n"
            + "add chain inet \(Self.table) input { type filter hook input priority -10; policy accept; }\n"
            + rules.joined()
    }

    /// Connections are rejected by a reset, as a closed port does it; the rest by ICMP.
    private static func rules(of block: StandIn.Block) -> [String] {
        let from = block.from.map { "\($0.family == .ipv4 ? "ip" : "ip6") saddr \($0) " } ?? ""
        let reset = "reject with tcp reset"
        guard let port = block.port else {
            return block.rejects ? ["\(from)meta l4proto tcp \(reset)", "\(from)reject"] : ["\(from)drop"]
        }
        return [("tcp", reset), ("udp", "reject")].map { transport, rejection in
            "\(from)\(transport) dport \(port) \(block.rejects ? rejection : "drop")"
        }
    }

    /// Loads them into the namespace of this process.
    func load() async throws(ProbeFailure) { try await Self.run(text, "loaded") }

    /// Takes them out of it.
    static func remove() async throws(ProbeFailure) { try await run("delete table inet \(table)\n", "removed") }

    private static func run(_ text: String, _ done: String) async throws(ProbeFailure) {
        let output: ProcessOutput
        do throws(ProcessError) {
            output = try await ProcessRunner.run(
                Command(executable: "nft", arguments: ["-f", "-"]), input: text, deadline: .seconds(10))
        } catch {
            throw ProbeFailure(.toolMissing, "the blocks cannot be \(done): \(error.description)")
        }
        guard output.status.isSuccess else {
            throw ProbeFailure(
                .toolFailed, "nft refused the blocks: \(output.standardError)", words: output.standardError)
        }
    }
}
