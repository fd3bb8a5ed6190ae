import LinuxHost
import Quantities
import Synchronization

/// The pods of this process: gives them numbers, attaches and detaches them, and holds those that may be attached.
public final class PodRoster: Sendable {
    /// What attaches them.
    public let driver: any PodDriver
    private let containerPrefix: String

    private struct State {
        var next = 0
        var attached: [Int: Pod] = [:]
        var addresses: [Int: [CIDR]] = [:]
    }

    private let state = Mutex(State())

    /// No pods yet; the IDs of their containers will begin with `containerPrefix`.
    public init(driver: any PodDriver, containerPrefix: String) {
        self.driver = driver
        self.containerPrefix = containerPrefix
    }

    /// A new pod that is not attached yet.
    public func makePod() async throws(PodError) -> Pod {
        let number = state.withLock { state in
            defer { state.next += 1 }
            return state.next
        }
        let prefix = containerPrefix
        return try await PlainThread.run(failure: { PodError($0) }) { () throws(PodError) in
            try Pod(number: number, containerPrefix: prefix)
        }
    }

    /// Remembers that a pod may be attached from now on, and holds its namespace.
    public func register(_ pod: Pod) {
        state.withLock { $0.attached[pod.number] = pod }
    }

    /// Attaches a pod; one that gets the address of another pod is an error that names both.
    public func attach(_ pod: Pod) async throws(PodError) -> AddedPod {
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
    public var attached: [Pod] { state.withLock { $0.attached.values.sorted { $0.number < $1.number } } }

    /// Detaches a pod; nanoseconds.
    public func detach(_ pod: Pod) async throws(PodError) -> UInt64 {
        // Before DEL: an address is given away again as soon as its plugin frees it, which is before DEL has ended.
        state.withLock { $0.addresses[pod.number] = nil }
        let duration = try await driver.delete(pod)
        state.withLock { $0.attached[pod.number] = nil }
        return duration
    }

    /// Lets go of every pod, attached or not.
    public func forget() {
        state.withLock { state in
            state.attached = [:]
            state.addresses = [:]
        }
    }
}
