public import Quantities

/// Attaches pods to a network, checks and detaches them, and measures each operation.
///
/// The agent runs on the node: the plugins are its children, and so is their processor time. Pods are network
/// namespaces without a name that only the agent holds open, so that they are gone with it, however it ends.
public struct CNIOperations: Probe {
    /// The word in a plan.
    public static let kind = "cniOperations"

    /// What is done.
    public enum Work: String, Codable, Sendable, CaseIterable {
        /// Pods are added to those that stand there already, checked, and deleted again.
        case lifecycle
        /// All pods are deleted and added at once, as after the restart of a node.
        case restartStorm
        /// A range of 16 addresses is used up, given back, and used up again.
        case exhaustion
        /// Plugins are asked what the specification has an answer to.
        case conformance
    }

    /// What is done.
    public var work: Work
    /// The network's CNI configuration list as JSON; nil makes veth pairs, addresses and routes without plugins.
    public var conflist: String?
    /// Where plugins are looked for.
    public var pluginDirectories: [String]
    /// A directory for leases and records, emptied first.
    public var directory: String
    /// What the IDs of the pods' containers begin with, so that whoever owns them can find what plugins keep of them.
    public var containerPrefix: String
    /// The addresses for pods that are made without plugins.
    public var range: CIDR
    /// Pods that are there before anything is measured, at least 1.
    public var standing: Int
    /// Pods that are measured.
    public var measured: Int
    /// Operations at a time.
    public var concurrency: Int
    /// Whether CHECK is called and measured.
    public var checks: Bool
    /// The longest time that one plugin may take.
    public var timeoutNanoseconds: UInt64

    /// The most pods at once.
    public static let podLimit = 4_000

    /// A plan of operations.
    public init(
        work: Work,
        conflist: String?,
        pluginDirectories: [String],
        directory: String,
        containerPrefix: String,
        range: CIDR,
        standing: Int = 1,
        measured: Int = 1,
        concurrency: Int = 1,
        checks: Bool = true,
        timeoutNanoseconds: UInt64 = 20_000_000_000
    ) {
        self.work = work
        self.conflist = conflist
        self.pluginDirectories = pluginDirectories
        self.directory = directory
        self.containerPrefix = containerPrefix
        self.range = range
        self.standing = standing
        self.measured = measured
        self.concurrency = concurrency
        self.checks = checks
        self.timeoutNanoseconds = timeoutNanoseconds
    }

    /// Finds the first setting that cannot be carried out.
    public func validate() throws(PlanError) {
        try Self.check(standing, in: 1...Self.podLimit, "standing")
        try Self.check(measured, in: 1...Self.podLimit, "measured")
        try Self.check(concurrency, in: 1...256, "concurrency")
        guard timeoutNanoseconds > 0 else {
            throw PlanError(path: "probe.timeoutNanoseconds", reason: "expected more than 0, found 0")
        }
        guard containerPrefix.wholeMatch(of: /[a-zA-Z0-9][a-zA-Z0-9_.-]{0,99}/) != nil else {
            throw PlanError(
                path: "probe.containerPrefix",
                reason: "expected up to 100 letters, digits, _, . and -, found \(containerPrefix)"
            )
        }
        // It is emptied: nothing that could be somebody else's.
        guard directory.hasPrefix("/"), directory.split(separator: "/").count >= 3, !directory.contains("..") else {
            throw PlanError(
                path: "probe.directory",
                reason: "expected an absolute path at least three levels deep, found \(directory)"
            )
        }
    }

    private static func check(_ value: Int, in range: ClosedRange<Int>, _ name: String) throws(PlanError) {
        guard range.contains(value) else {
            throw PlanError(
                path: "probe.\(name)",
                reason: "expected \(range.lowerBound) to \(range.upperBound), found \(value)"
            )
        }
    }
}
