public import Contract
import LinuxHost
import ServiceProxies
public import Testbed

/// The local testbed as a kind: what makes one for a run, and knows what earlier ones left.
public struct LocalProvider: TestbedProvider {
    private let agentExecutable: String
    private let pluginDirectories: [String]
    private let paths: LocalPaths
    private let lab: LabName?

    /// A provider of testbeds whose agents are this program, and whose plugins are looked for in these directories; with a lab its
    /// testbeds make nothing and stand in the lab.
    public init(
        agentExecutable: String, pluginDirectories: [String], paths: LocalPaths = LocalPaths(), lab: LabName? = nil
    ) {
        self.agentExecutable = agentExecutable
        self.pluginDirectories = pluginDirectories
        self.paths = paths
        self.lab = lab
    }

    /// The word for it in ledgers and stored runs.
    public var name: String { "local" }

    /// Namespaces need root.
    public var refusal: Shortcoming? { LocalRequirements.refusal }

    /// Namespaces, fabrics and pods of one run.
    public func make(run: String, ledger: any Ledger) -> any Testbed {
        LocalTestbed(
            options: LocalTestbed.Options(
                run: run, agentExecutable: agentExecutable, pluginDirectories: pluginDirectories, paths: paths,
                lab: lab),
            ledger: ledger
        )
    }

    /// Below `/run/netmachinery`.
    public func directory(ofRun run: String) -> String { paths.directory(ofRun: run) }

    /// Links of fabrics, of plugins and of service proxies, and their packet filters.
    public func kernelFeatures(of topology: Topology, _ needs: Set<Need>) -> Set<KernelFeature> {
        needs.reduce(into: Set(LocalKernel.features(for: topology))) { $0.formUnion(LocalNeeds.kernelFeatures(of: $1)) }
    }

    /// Tried in a namespace that is thrown away; none without root, which is said elsewhere.
    public func lacking(_ features: Set<KernelFeature>) -> [KernelFeature: String] { LocalKernel.lacking(features) }

    /// Removes namespaces, attachments, directories and guests, whether or not they ever came to be made.
    public func remove(_ item: LedgerItem) async throws(TestbedError) {
        try await LocalRemover(pluginDirectories: pluginDirectories, paths: paths).remove(item)
    }

    /// Processes that carry the mark of a run whose process is gone, wherever they went.
    public func endOrphans() -> OrphanReport {
        let orphans = OrphanRemoval.run()
        return OrphanReport(
            ended: orphans.ended.map(Self.words),
            left: orphans.left.map { "\(Self.words($0)): it has not ended; see /proc/\($0.pid)/stack" }
        )
    }

    private static func words(_ process: MarkedProcess) -> String {
        "process \(process.pid) (\(process.name)) of run \(process.mark.run)"
    }

    /// Namespaces, processes, directories and plugins' files that carry our names.
    public func audit(leavingOut inUse: Set<String>) -> TestbedAudit {
        LocalAudit.look(paths: paths).report(leavingOut: inUse)
    }

    /// Root, programs, plugins, and what this kernel can do, by trying it.
    public func diagnose() async -> [Diagnosis] {
        LocalDiagnosis.examine(pluginDirectories: pluginDirectories) + (await LocalDiagnosis.measurements())
    }
}
