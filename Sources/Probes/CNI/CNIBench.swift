import Contract
import LinuxHost
import NodeInventory
import PodAttachment
import Quantities

/// What all work on pods shares: the pods, the plan, and where results go.
final class CNIBench: Sendable {
    let operations: CNIOperations
    let stop: ProbeStop
    let output: any ProbeOutput
    /// Links of the node that were there before any pod.
    let uplinks: Set<String>
    private let roster: PodRoster

    /// Pods that only have to be there come and go so many at a time.
    static let fillConcurrency = 4

    init(
        _ operations: CNIOperations, driver: any PodDriver, uplinks: Set<String>, stop: ProbeStop,
        output: any ProbeOutput
    ) {
        self.uplinks = uplinks
        self.operations = operations
        self.stop = stop
        self.output = output
        roster = PodRoster(driver: driver, containerPrefix: operations.containerPrefix)
    }

    // MARK: Pods

    /// What attaches pods.
    var driver: any PodDriver { roster.driver }

    /// The pods that may be attached now, in the order of their numbers.
    var attached: [Pod] { roster.attached }

    /// A new pod that is not attached yet.
    func makePod() async throws(ProbeFailure) -> Pod {
        try await ProbeFailure.ofPods { () async throws(PodError) in try await roster.makePod() }
    }

    /// Remembers that a pod may be attached from now on, and holds its namespace.
    func register(_ pod: Pod) {
        roster.register(pod)
    }

    /// Attaches a pod; one that gets the address of another pod is a failure that names both.
    func attach(_ pod: Pod) async throws(ProbeFailure) -> AddedPod {
        try await ProbeFailure.ofPods { () async throws(PodError) in try await roster.attach(pod) }
    }

    /// Sees that an ADD did what its result says.
    func verify(_ pod: Pod, has addresses: [CIDR]) async throws(ProbeFailure) {
        try await ProbeFailure.ofPods { () async throws(PodError) in
            try await PodInspection.verify(pod, has: addresses)
        }
    }

    /// Detaches a pod; nanoseconds.
    func detach(_ pod: Pod) async throws(ProbeFailure) -> UInt64 {
        try await ProbeFailure.ofPods { () async throws(PodError) in try await roster.detach(pod) }
    }

    /// Brings pods up that have to be there, with their addresses, and says how fast that was.
    func fill(_ count: Int) async throws(ProbeFailure) -> [StandingPod] {
        let start = Clock.monotonicNanoseconds()
        let pods = try await Workers.each(Array(0..<count), atATime: Self.fillConcurrency) {
            [self] (_: Int) async throws(ProbeFailure) in
            let pod = try await makePod()
            let added = try await attach(pod)
            try await verify(pod, has: added.addresses)
            return StandingPod(pod: pod, addresses: added.addresses)
        }
        sample(CNIMetrics.fillRate.name, rate(of: count, since: start))
        return pods
    }

    /// Deletes pods that had to be there.
    func drain(_ pods: [StandingPod]) async throws(ProbeFailure) {
        let start = Clock.monotonicNanoseconds()
        _ = try await Workers.each(pods, atATime: Self.fillConcurrency) {
            [self] (pod: StandingPod) async throws(ProbeFailure) in
            try await detach(pod.pod)
        }
        sample(CNIMetrics.drainRate.name, rate(of: pods.count, since: start))
    }

    /// Deletes whatever is attached still, after a failure; gives up at the first that cannot be deleted.
    func sweep() async {
        _ = try? await Workers.each(roster.attached, atATime: Self.fillConcurrency) {
            [self] (pod: Pod) async throws(ProbeFailure) in
            try await detach(pod)
        }
        roster.forget()
    }

    // MARK: The node

    /// What there is on the node now.
    func snapshot() async throws(ProbeFailure) -> NodeSnapshot {
        do throws(InventoryError) {
            return try await .take(
                directory: operations.directory, containersWith: operations.containerPrefix, state: driver.state,
                uplinks: uplinks)
        } catch {
            throw ProbeFailure(error)
        }
    }

    // MARK: Words

    func sample(_ metric: String, _ value: Double) {
        output.emit(.sample(metric: metric, value: value, censored: false))
    }

    /// Things per second since a time of the monotonic clock.
    func rate(of count: Int, since start: UInt64) -> Double {
        Double(count) / (Double(Clock.monotonicNanoseconds() - start) / 1e9)
    }
}
