public import Contract
public import Quantities

/// Where trials run: something with networks, nodes and pods, in which a probe can be started anywhere.
///
/// A testbed is set up once for a run, holds every network of the run side by side (so that trials can be interleaved),
/// and is torn down once. It writes everything it makes to its ``Ledger`` first.
public protocol Testbed: Sendable {
    /// The word that names this testbed in commands and in the store: `local` or `kubernetes`.
    var name: String { get }

    /// What measuring with these needs on this topology depends on: versions and settings, by key, for the environment.
    func facts(for topology: Topology, _ needs: Set<Need>) async -> [String: String]

    /// What is missing for this topology, found before anything is made; empty when it can be set up.
    func shortcomings(for topology: Topology) async -> [Shortcoming]

    /// Whether something is there that a measurement needs; asked before anything is made.
    func answer(to need: Need) async -> NeedAnswer

    /// Makes every network, node and pod of the topology, and returns why networks failed; the others can be used.
    ///
    /// Throws when none can. What was made stays on the ledger for `tearDown` in any case.
    @discardableResult
    func setUp(_ topology: Topology) async throws(TestbedError) -> [TestbedError]

    /// Removes what `setUp` made, last first, and strikes it off the ledger. Goes on after a failure and reports the
    /// first.
    func tearDown() async throws(TestbedError)

    /// What peers of a place connect to in order to reach it.
    func endpoint(of place: Place, family: IPAddress.Family) async throws(TestbedError) -> Endpoint

    /// Addresses that several pods got, known once everything is set up.
    func sharedAddresses() async -> [SharedAddress]

    /// What the processors of its machines have done so far.
    func machineReading() async throws(TestbedError) -> MachineReading

    /// What a probe on a node needs to attach pods to the node's network itself.
    func attachmentSite(of node: Place) async throws(TestbedError) -> AttachmentSite

    /// Starts a probe at a place and keeps it for the length of `body`; it is stopped and gone when this returns.
    func withProbe<Value: Sendable>(
        _ plan: ProbePlan,
        at place: Place,
        _ body: @Sendable (any ProbeSession) async throws(TestbedError) -> Value
    ) async throws(TestbedError) -> Value
}

extension Testbed {
    /// None: a cluster gives each pod an address of its own.
    public func sharedAddresses() async -> [SharedAddress] { [] }

    /// Testbeds whose pods are attached by somebody else have no such site.
    public func attachmentSite(of node: Place) async throws(TestbedError) -> AttachmentSite {
        throw TestbedError(
            code: .missing,
            operation: "attach pods by hand at",
            object: "\(node)",
            cause: "pods of the testbed \(name) are attached by the cluster itself",
            nextStep: "use the testbed local"
        )
    }
}

/// A probe that is running at a place of a testbed.
public protocol ProbeSession: Sendable {
    /// The next event, or nil when the probe has ended.
    func next() async throws(TestbedError) -> ProbeEvent?

    /// Asks the probe to end; a server then reports what it used, and `done`.
    func stop() async
}
