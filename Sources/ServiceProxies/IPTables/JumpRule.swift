/// A rule of one of the kernel's own chains that leads into a chain of kube-proxy.
struct JumpRule: Sendable {
    /// The table of both chains.
    let table: IPTablesTable
    /// The kernel's chain.
    let source: StaticString
    /// Ours.
    let target: StaticString
    /// What it says for people; nil for the kubelet's rules, which say nothing.
    let comment: StaticString?
    /// Whether only the first packet of a connection goes there.
    let onlyNew: Bool

    /// All of the mode iptables, in the order in which kube-proxy puts each before what is there.
    static let all: [JumpRule] = [
        filter("INPUT", "KUBE-EXTERNAL-SERVICES", "kubernetes externally-visible service portals", onlyNew: true),
        filter("FORWARD", "KUBE-EXTERNAL-SERVICES", "kubernetes externally-visible service portals", onlyNew: true),
        filter("INPUT", "KUBE-NODEPORTS", "kubernetes health check service ports"),
        filter("FORWARD", "KUBE-SERVICES", "kubernetes service portals", onlyNew: true),
        filter("OUTPUT", "KUBE-SERVICES", "kubernetes service portals", onlyNew: true),
        filter("FORWARD", "KUBE-FORWARD", "kubernetes forwarding rules"),
        filter("INPUT", "KUBE-PROXY-FIREWALL", "kubernetes load balancer firewall", onlyNew: true),
        filter("OUTPUT", "KUBE-PROXY-FIREWALL", "kubernetes load balancer firewall", onlyNew: true),
        filter("FORWARD", "KUBE-PROXY-FIREWALL", "kubernetes load balancer firewall", onlyNew: true),
        nat("OUTPUT", "KUBE-SERVICES", "kubernetes service portals"),
        nat("PREROUTING", "KUBE-SERVICES", "kubernetes service portals"),
        nat("POSTROUTING", "KUBE-POSTROUTING", "kubernetes postrouting rules"),
        filter("INPUT", IPTablesTable.localnetFirewall, nil),
        filter("OUTPUT", IPTablesTable.localnetFirewall, nil),
    ]

    static func filter(
        _ source: StaticString, _ target: StaticString, _ comment: StaticString?, onlyNew: Bool = false
    ) -> JumpRule {
        JumpRule(table: .filter, source: source, target: target, comment: comment, onlyNew: onlyNew)
    }

    static func nat(_ source: StaticString, _ target: StaticString, _ comment: StaticString) -> JumpRule {
        JumpRule(table: .nat, source: source, target: target, comment: comment, onlyNew: false)
    }

    /// `INPUT KUBE-SERVICES`: by these two a rule is known again in a listing.
    var key: String { "\(source) \(target)" }

    /// Writes the line that puts the rule before all others.
    func write(to buffer: inout TextBuffer) {
        switch (comment, onlyNew) {
        case (let comment?, true):
            buffer.appendLine(
                "-I \(source) -m conntrack --ctstate NEW -m comment --comment \"\(comment)\" -j \(target)")
        case (let comment?, false): buffer.appendLine("-I \(source) -m comment --comment \"\(comment)\" -j \(target)")
        case (nil, true): buffer.appendLine("-I \(source) -m conntrack --ctstate NEW -j \(target)")
        case (nil, false): buffer.appendLine("-I \(source) -j \(target)")
        }
    }

    /// The rule as arguments of `iptables`, behind the table.
    var arguments: [String] {
        (onlyNew ? ["-m", "conntrack", "--ctstate", "NEW"] : [])
            + (comment.map { ["-m", "comment", "--comment", "\($0)"] } ?? []) + ["-j", "\(target)"]
    }
}
