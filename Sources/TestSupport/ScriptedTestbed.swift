public import Contract
import Probes
public import Quantities
import Synchronization
public import Testbed

/// A testbed without a network: at each place a probe says what a test wrote down for it.
public final class ScriptedTestbed: Testbed {
    /// The word for it in ledgers and stored runs.
    public let name = "scripted"

    private let scripts: [Place: [ProbeEvent]]
    private let missing: [Shortcoming]
    private let setUpError: TestbedError?
    private let failedNetworks: [TestbedError]
    private let tearDownError: TestbedError?
    private let shared: [SharedAddress]
    private let isBusy: Bool
    private let answers: [Need: NeedAnswer]
    private let broken: [Place: TestbedError]
    private let living: Set<Place>
    private let state = Mutex(State())

    private struct State {
        var ports: [UInt16] = []
        var plans: [ProbePlan] = []
        var calls: [String] = []
        var readings = 0.0
    }

    /// A testbed with the events of each place; a place without any does not answer, a broken one fails after its events, and a
    /// living one says that it is done when it is stopped.
    public init(
        _ scripts: [Place: [ProbeEvent]] = [:],
        missing: [Shortcoming] = [],
        setUpError: TestbedError? = nil,
        failedNetworks: [TestbedError] = [],
        tearDownError: TestbedError? = nil,
        shared: [SharedAddress] = [],
        isBusy: Bool = false,
        answers: [Need: NeedAnswer] = [:],
        broken: [Place: TestbedError] = [:],
        living: Set<Place> = []
    ) {
        self.living = living
        self.answers = answers
        self.isBusy = isBusy
        self.broken = broken
        self.shared = shared
        self.scripts = scripts
        self.missing = missing
        self.setUpError = setUpError
        self.failedNetworks = failedNetworks
        self.tearDownError = tearDownError
    }

    /// The ports that clients were sent to.
    public var ports: [UInt16] { state.withLock { $0.ports } }

    /// The plans of all probes, in order.
    public var plans: [ProbePlan] { state.withLock { $0.plans } }

    /// `setUp` and `tearDown` as they were called.
    public var calls: [String] { state.withLock { $0.calls } }

    /// The testbed's name as the only fact.
    public func facts(for topology: Topology, _ needs: Set<Need>) async -> [String: String] { ["testbed": name] }

    /// What the test said is missing.
    public func shortcomings(for topology: Topology) async -> [Shortcoming] { missing }

    /// What the test said; everything else is here.
    public func answer(to need: Need) async -> NeedAnswer { answers[need] ?? .here }

    /// Remembers that it was called, and fails where the test said so.
    public func setUp(_ topology: Topology) async throws(TestbedError) -> [TestbedError] {
        state.withLock { $0.calls.append("setUp") }
        if let setUpError { throw setUpError }
        return failedNetworks
    }

    /// Remembers that it was called, and fails where the test said so.
    public func tearDown() async throws(TestbedError) {
        state.withLock { $0.calls.append("tearDown") }
        if let tearDownError { throw tearDownError }
    }

    /// One second after the other of a machine that is idle, or busy where the test said so.
    public func machineReading() async throws(TestbedError) -> MachineReading {
        let seconds = state.withLock { state in
            state.readings += 1
            return state.readings
        }
        return MachineReading(busy: isBusy ? seconds : 0, idle: isBusy ? 0 : seconds, stolen: 0)
    }

    /// What the test said.
    public func sharedAddresses() async -> [SharedAddress] { shared }

    /// The same loopback address for every place.
    public func endpoint(of place: Place, family: IPAddress.Family) async throws(TestbedError) -> Endpoint {
        guard let address = IPAddress(bytes: [127, 0, 0, 1]) else {
            throw TestbedError(operation: "find the address of", object: "\(place)", cause: "it has none")
        }
        return .address(address)
    }

    /// A site whose network has no plugins.
    public func attachmentSite(of node: Place) async throws(TestbedError) -> AttachmentSite {
        guard let network = IPAddress(bytes: [10, 244, 0, 0]), let range = CIDR(address: network, prefixLength: 20)
        else { throw TestbedError(operation: "find the site of", object: "\(node)", cause: "it has none") }
        return AttachmentSite(
            conflist: nil,
            pluginDirectories: [],
            directory: "/run/scripted/\(node)",
            containerPrefix: "nm-scripted-",
            range: range
        )
    }

    /// Plays the place's script.
    public func withProbe<Value: Sendable>(
        _ plan: ProbePlan,
        at place: Place,
        _ body: @Sendable (any ProbeSession) async throws(TestbedError) -> Value
    ) async throws(TestbedError) -> Value {
        state.withLock { $0.plans.append(plan) }
        if let probe = plan.probe as? LatencyProbe {
            state.withLock { $0.ports.append(probe.port) }
        }
        return try await body(Session(scripts[place] ?? [], broken[place], lives: living.contains(place)))
    }

    private final class Session: ProbeSession {
        private let events: Mutex<[ProbeEvent]>

        private let error: TestbedError?
        private let stops: (stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation)?

        init(_ events: [ProbeEvent], _ error: TestbedError?, lives: Bool) {
            self.events = Mutex(events)
            self.error = error
            stops = lives ? AsyncStream.makeStream() : nil
        }

        func next() async throws(TestbedError) -> ProbeEvent? {
            if let event = events.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return event }
            if let stops {
                for await _ in stops.stream { return .done }
            }
            if let error { throw error }
            return nil
        }

        func stop() async {
            stops?.continuation.yield()
            stops?.continuation.finish()
        }
    }
}
