public import Contract

/// A kind of testbed: what makes one for a run, and what knows what earlier ones left.
public protocol TestbedProvider: Sendable {
    /// The word that names it in commands, in the store and in the ledger: `local` or `kubernetes`.
    var name: String { get }

    /// Why nothing can be made here at all, such as a user without rights; nil when it can.
    var refusal: Shortcoming? { get }

    /// A testbed of one run that writes what it makes to `ledger`; nothing is made yet.
    ///
    /// - Parameter run: The run's short name, which everything that is made carries.
    func make(run: String, ledger: any Ledger) -> any Testbed

    /// A directory for what one run keeps in files on this machine, removed with the run.
    func directory(ofRun run: String) -> String

    /// What of the kernel a topology and needs use that not every kernel has.
    func kernelFeatures(of topology: Topology, _ needs: Set<Need>) -> Set<KernelFeature>

    /// Which of these its kernel has not, each with the kernel's reason; found by trying.
    func lacking(_ features: Set<KernelFeature>) -> [KernelFeature: String]

    /// Removes one thing that a run of it left; what is not there is not an error.
    func remove(_ item: LedgerItem) async throws(TestbedError)

    /// Ends what runs that are gone have left running, whatever the ledger says.
    func endOrphans() -> OrphanReport

    /// Looks at what is there, whoever made it and whatever the ledger says.
    ///
    /// - Parameter inUse: Names of things that somebody is known to use.
    func audit(leavingOut inUse: Set<String>) -> TestbedAudit

    /// Everything that it and the measurements on it need or could use, and whether it is here.
    func diagnose() async -> [Diagnosis]
}
