public import Contract
public import Testbed

/// A kind of testbed that gives out one scripted testbed, and removes things as a test says.
public struct ScriptedProvider: TestbedProvider {
    /// What ledgers and commands call it.
    public var name: String
    /// The testbed that every run gets.
    public var testbed: ScriptedTestbed
    /// Why nothing can be made.
    public var refusal: Shortcoming?
    /// What its kernel has not.
    public var lacked: [KernelFeature: String]
    private let removal: @Sendable (LedgerItem) async throws(TestbedError) -> Void

    /// A provider; removing does what `removal` does, nothing by default.
    public init(
        _ testbed: ScriptedTestbed = ScriptedTestbed(),
        name: String = "local",
        lacked: [KernelFeature: String] = [:],
        removal: @escaping @Sendable (LedgerItem) async throws(TestbedError) -> Void = { _ throws(TestbedError) in }
    ) {
        self.testbed = testbed
        self.name = name
        self.lacked = lacked
        self.removal = removal
    }

    /// The testbed it was made with, whichever run asks.
    public func make(run: String, ledger: any Ledger) -> any Testbed { testbed }

    /// A name that no file has.
    public func directory(ofRun run: String) -> String { "/run/scripted/\(run)" }

    /// Of service proxies only IPVS needs something.
    public func kernelFeatures(of topology: Topology, _ needs: Set<Need>) -> Set<KernelFeature> {
        needs.contains(.serviceProxy(.ipvs)) ? [.ipvs] : []
    }

    /// As the test said.
    public func lacking(_ features: Set<KernelFeature>) -> [KernelFeature: String] {
        lacked.filter { features.contains($0.key) }
    }

    /// As the test said.
    public func remove(_ item: LedgerItem) async throws(TestbedError) { try await removal(item) }

    /// There are none.
    public func endOrphans() -> OrphanReport { OrphanReport() }

    /// Nothing is there.
    public func audit(leavingOut inUse: Set<String>) -> TestbedAudit { TestbedAudit() }

    /// Nothing to say.
    public func diagnose() async -> [Diagnosis] { [] }
}
