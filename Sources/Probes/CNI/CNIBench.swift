import Contract
import LinuxHost
import Quantities
import Statistics
import Synchronization

/// What all work on pods shares: the driver, the pods that are attached, and the numbers they get.
final class CNIBench: Sendable {
    let operations: CNIOperations
    let driver: any PodDriver
    let stop: ProbeStop
    let output: any ProbeOutput
    /// Links of the node that were there before any pod.
    let uplinks: Set<String>

    private struct State {
        var next = 0
        var attached: [Int: Pod] = [:]
        var addresses: [Int: [CIDR]] = [:]
    }

    private let state = Mutex(State())

    /// Pods that only have to be there come and go so many at a time.
    static let fillConcurrency = 4

    init(
        _ operations: CNIOperations, driver: any PodDriver, uplinks: Set<String>, stop: ProbeStop,
        output: any ProbeOutput
    ) {
        self.uplinks = uplinks
        self.operations = operations
        self.driver = driver
        self.stop = stop
        self.output = output
    }

    // MARK: Pods

    /// A new pod that is not attached yet.
    func makePod() async throws(ProbeFailure) -> Pod {
        let number = state.withLock { state in
            defer { state.next += 1 }
            return state.next
        }
        let prefix = operations.containerPrefix
        let result = await PlainThread.run { () -> Result<Pod, ProbeFailure> in
            do throws(ProbeFailure) {
                return .success(try Pod(number: number, containerPrefix: prefix))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// Remembers that a pod may be attached from now on, and holds its namespace.
    func register(_ pod: Pod) {
        state.withLock { $0.attached[pod.number] = pod }
    }

    /// Attaches a pod; one that gets the address of another pod is a failure that names both.
    func attach(_ pod: Pod) async throws(ProbeFailure) -> AddedPod {
        register(pod)
        let added = try await driver.add(pod)
        let others = state.withLock { state in
            state.addresses[pod.number] = added.addresses
            return state.addresses
        }
        if let clash = PodAddresses.clash(of: pod.number, added.addresses, with: others, list: driver.listName) {
            throw clash
        }
        return added
    }

    /// The pods that may be attached now, in the order of their numbers.
    var attached: [Pod] { state.withLock { $0.attached.values.sorted { $0.number < $1.number } } }

    /// Detaches a pod; nanoseconds.
    func detach(_ pod: Pod) async throws(ProbeFailure) -> UInt64 {
        // Before DEL: an address is given away again as soon as its plugin frees it, which is before DEL has ended.
        state.withLock { $0.addresses[pod.number] = nil }
        let duration = try await driver.delete(pod)
        state.withLock { $0.attached[pod.number] = nil }
        return duration
    }

    /// Brings pods up that have to be there, with their addresses, and says how fast that was.
    func fill(_ count: Int) async throws(ProbeFailure) -> [StandingPod] {
        let start = Clock.monotonicNanoseconds()
        let pods = try await Workers.each(Array(0..<count), atATime: Self.fillConcurrency) {
            [self] (_: Int) async throws(ProbeFailure) in
            let pod = try await makePod()
            let added = try await attach(pod)
            try await PodInspection.verify(pod, has: added.addresses)
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
        let left = state.withLock { Array($0.attached.values) }
        _ = try? await Workers.each(left, atATime: Self.fillConcurrency) {
            [self] (pod: Pod) async throws(ProbeFailure) in
            try await detach(pod)
        }
        state.withLock { state in
            state.attached = [:]
            state.addresses = [:]
        }
    }

    // MARK: The node

    /// What there is on the node now.
    func snapshot() async throws(ProbeFailure) -> NodeSnapshot {
        try await .take(operations, state: driver.state, uplinks: uplinks)
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

/// A pod that is attached, and its addresses.
struct StandingPod: Sendable {
    let pod: Pod
    let addresses: [CIDR]
}
