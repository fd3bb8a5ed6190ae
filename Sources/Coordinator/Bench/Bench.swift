import Experiments
import Testbed

/// A testbed, held for a run or for the steps of a scenario: nobody else measures, and in the end nothing is left.
struct Bench: Sendable {
    let testbed: any Testbed
    let observer: any RunObserver
    // The kernel frees it with this value, however the process ends.
    private let lock: MeasurementLock

    /// Takes the lock for a run; nothing is made yet.
    init(_ testbed: any Testbed, run: String, lockPath: String, observer: any RunObserver) throws(RunError) {
        do {
            lock = try MeasurementLock(path: lockPath, run: run)
        } catch {
            throw .busy(error)
        }
        self.testbed = testbed
        self.observer = observer
    }

    /// Makes a topology; what failed of it, and what its pods share, is said and returned.
    func setUp(_ topology: Topology) async throws(RunError) -> [Measurement.Event] {
        observer.observe(
            .settingUp(
                networks: topology.networks.map(\.name),
                pods: topology.networks.flatMap(\.podsOnNode).reduce(0, +)
            )
        )
        let failures: [TestbedError]
        do throws(TestbedError) {
            failures = try await testbed.setUp(topology)
        } catch {
            throw .setUpFailed(error)
        }
        let shared = await testbed.sharedAddresses()
        let events =
            failures.map { Measurement.Event(name: "network failed", detail: $0.description) }
            + shared.map { Measurement.Event(name: "shared address", detail: $0.description) }
        for event in events { observer.observe(.remark(event.detail)) }
        return events
    }

    /// Removes what was made, and returns why something could not be.
    ///
    /// In a task of its own, which is awaited: a cancelled one could run no program, and so no CNI DEL.
    func remove() async -> TestbedError? {
        observer.observe(.tearingDown)
        return await Task { () -> TestbedError? in
            do throws(TestbedError) {
                try await testbed.tearDown()
                return nil
            } catch {
                return error
            }
        }.value
    }
}
