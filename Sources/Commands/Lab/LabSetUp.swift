import Contract
import LocalTestbed
import Testbed

/// Brings a lab up, and removes all of it when that fails or a signal comes first.
struct LabSetUp {
    private enum Ending: Sendable {
        case isUp(failures: [TestbedError])
        case failed(TestbedError)
        case interrupted(String)
    }

    let testbed: LocalTestbed
    let topology: Topology
    let interruption: Interruption

    /// Why networks failed; the others are up.
    func run() async throws(CommandFailure) -> [TestbedError] {
        switch await ending() {
        case .isUp(let failures): return failures
        case .failed(let error):
            throw CommandFailure(.environmentLacks, "\(error); \(await removal())")
        case .interrupted(let signal):
            throw CommandFailure(.interrupted, "interrupted by \(signal); \(await removal())")
        }
    }

    private func ending() async -> Ending {
        await withTaskGroup(of: Ending?.self) { group in
            group.addTask {
                do throws(TestbedError) {
                    return .isUp(failures: try await testbed.setUp(topology))
                } catch {
                    return .failed(error)
                }
            }
            group.addTask { await interruption.wait().map(Ending.interrupted) }
            let first = await group.next() ?? nil
            group.cancelAll()
            await group.waitForAll()
            return first ?? .interrupted("cancellation")
        }
    }

    private func removal() async -> String {
        do throws(TestbedError) {
            try await testbed.tearDown()
            return "everything was removed"
        } catch {
            return "and then: \(error); run: netmachinery lab down"
        }
    }
}
