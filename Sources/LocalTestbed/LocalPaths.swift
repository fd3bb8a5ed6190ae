/// Where the local testbed keeps what lasts as long as a run; `/run` is emptied by a reboot, as the namespaces are.
public struct LocalPaths: Sendable, Equatable {
    /// The directory above all runs.
    public let root: String

    /// Paths below a root; tests use one of their own.
    public init(root: String = "/run/netmachinery") {
        self.root = root
    }

    /// Everything that one run keeps in files.
    public func directory(ofRun run: String) -> String { "\(root)/\(run)" }

    /// Address leases of one node of one network.
    func leases(ofRun run: String, network: String, node: Int) -> String {
        "\(directory(ofRun: run))/leases/\(network)-node\(node)"
    }

    /// What a probe that attaches pods itself keeps on one node of one network.
    func attachmentSite(ofRun run: String, network: String, node: Int) -> String {
        "\(directory(ofRun: run))/sites/\(network)-node\(node)"
    }

    /// What CNI DEL needs to know later.
    func attachments(ofRun run: String) -> String { "\(directory(ofRun: run))/attachments" }
}
