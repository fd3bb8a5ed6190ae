import Processes

/// What stands in the packet filter of this namespace, as the tools that own it print it.
///
/// Without a tool there is nothing to make it, and it is only compared.
enum PacketFilter {
    // -s leaves counters out, which any packet changes.
    private static let nft = (name: "nft", arguments: ["-s", "list", "ruleset"])
    private static let saves = ["iptables-nft-save", "ip6tables-nft-save"]
    /// A kernel can have both kinds of tables, and each tool shows its own only.
    private static let legacySaves = ["iptables-legacy-save", "ip6tables-legacy-save"]
    private static let plainSaves = ["iptables-save", "ip6tables-save"]

    /// One thing each: rules, chains, sets and tables that somebody made.
    static func things() async throws(InventoryError) -> Set<String> {
        var found: Set<String> = []
        var areToldByIPTables = true
        let saves = (saves + legacySaves).contains { Programs.find($0) != nil } ? saves + legacySaves : plainSaves
        for tool in saves {
            let listing = try await output(of: tool, [])
            found.formUnion(SaveListing.things(in: listing ?? "").map { "\($0) (\(tool))" })
            if self.saves.contains(tool) {
                areToldByIPTables = areToldByIPTables && listing.map { !$0.contains("is incompatible") } == true
            }
        }
        if let listing = try await output(of: nft.name, nft.arguments) {
            // Tables that iptables made are told by iptables, in words that say more.
            let rest = NFTListing.things(in: listing, withBuiltIn: !areToldByIPTables || saves == plainSaves)
            found.formUnion(rest.map { "\($0) (nft)" })
        }
        if let listing = try await output(of: "ipset", ["save"]) {
            found.formUnion(IPSetListing.things(in: listing))
        }
        return found
    }

    /// What a tool prints; nil without the tool, and where the kernel has not what it is for and refuses it.
    private static func output(of tool: String, _ arguments: [String]) async throws(InventoryError) -> String? {
        guard Programs.find(tool) != nil else { return nil }
        do throws(ProcessError) {
            let output = try await ProcessRunner.run(
                Command(executable: tool, arguments: arguments),
                deadline: .seconds(10)
            )
            return output.status.isSuccess ? output.standardOutput : nil
        } catch {
            throw .tool(error)
        }
    }
}
