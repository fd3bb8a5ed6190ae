import Processes

/// What iptables and nft say when they refuse, turned into errors.
enum ToolWords {
    /// The error for a program that ended with another status than 0.
    static func error(
        in output: ProcessOutput, _ purpose: Loader.Purpose, _ configuration: ProxyConfiguration
    ) -> ServiceProxyError {
        let words = output.standardError.isEmpty ? output.standardOutput : output.standardError
        if words.contains("holding the xtables lock") {
            return lockHeld(purpose, by: [], seconds: configuration.lockWaitSeconds, words: words)
        }
        if let feature = missingFeature(in: words) {
            return ServiceProxyError(
                .missing, operation: purpose.operation, object: purpose.object,
                cause: "this kernel lacks \(feature)",
                nextStep: "load the module or run on a kernel that has it",
                words: words)
        }
        return ServiceProxyError(
            .rejected, operation: purpose.operation, object: purpose.object,
            cause: "\(output.command.executable) ended with \(output.status): \(summary(of: words))", words: words)
    }

    /// The error for a lock that stayed taken.
    static func lockHeld(
        _ purpose: Loader.Purpose, by holders: [String], seconds: Int, words: String? = nil
    ) -> ServiceProxyError {
        let who = holders.isEmpty ? "somebody" : holders.joined(separator: ", ")
        return ServiceProxyError(
            .lockHeld, operation: purpose.operation, object: purpose.object,
            cause: "\(who) held the lock of iptables for more than \(seconds) s",
            nextStep: holders.isEmpty
                ? "find it with `fuser -v` on the lock file, often /run/xtables.lock"
                : "wait until it is done, or end it",
            words: words)
    }

    /// The first lines, which say what is wrong; nft repeats the input below them.
    static func summary(of words: String) -> String {
        let lines = words.split(separator: "\n").filter { !$0.allSatisfy { $0 == " " || $0 == "^" || $0 == "~" } }
        guard !lines.isEmpty else { return "it said nothing" }
        return lines.prefix(3).map { String($0.prefix(300)) }.joined(separator: " / ")
    }

    /// A match, a target or a table that the kernel does not have, as iptables names it; nil for another trouble.
    static func missingFeature(in words: String) -> String? {
        if let name = word(after: "Extension ", in: words), words.contains("missing kernel module") {
            return "the iptables extension \(name)"
        }
        if let name = word(after: "Couldn't load match `", in: words) {
            return "the iptables match \(name)"
        }
        if let name = word(after: "Couldn't load target `", in: words), !name.hasPrefix("KUBE-") {
            return "the iptables target \(name)"
        }
        if words.contains("can't initialize iptables table"), let name = word(after: "iptables table `", in: words) {
            return "the iptables table \(name)"
        }
        // What iptables-nft and nft say on a kernel without nf_tables.
        if words.contains("Failed to initialize nft") || words.contains("cache initialization failed") {
            return "nf_tables (CONFIG_NF_TABLES)"
        }
        return nil
    }

    private static func word(after start: String, in words: String) -> String? {
        guard let found = words.ranges(of: start).first else { return nil }
        let name = words[found.upperBound...].prefix { !" '`\n:".contains($0) }
        return name.isEmpty ? nil : String(name)
    }
}
