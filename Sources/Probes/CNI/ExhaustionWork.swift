import ContainerNetworking
import Contract
import LinuxHost
import PodAttachment
import Statistics

/// A small range is filled until ADD is refused, emptied, and filled again.
struct ExhaustionWork: Sendable {
    let bench: CNIBench

    /// More pods than a /28 has addresses.
    private static let limit = 17

    private struct Filling {
        var pods: [Pod] = []
        var refusal: UInt64 = 0
        var error: CNIError?
    }

    func run() async throws(ProbeFailure) {
        guard let driver = bench.driver as? PluginDriver else {
            throw ProbeFailure(.notApplicable, "pods that are made without plugins have no range to use up")
        }
        let first = try await fillUp(driver)
        if first.pods.isEmpty, let error = first.error { throw ProbeFailure(error) }
        try await empty(first)
        let second = try await fillUp(driver)
        try await empty(second)
        guard second.pods.count == first.pods.count else {
            throw ProbeFailure(
                .leaked,
                "the range had room for \(first.pods.count) pods, and after DEL of all of them for "
                    + "\(second.pods.count): DEL keeps addresses"
            )
        }
        bench.sample(CNIMetrics.usableAddresses.name, Double(first.pods.count))
        bench.sample(CNIMetrics.refusalLatency.name, Double(first.refusal) / 1e9)
    }

    private func fillUp(_ driver: PluginDriver) async throws(ProbeFailure) -> Filling {
        var filling = Filling()
        while filling.pods.count < Self.limit {
            let pod = try await bench.makePod()
            let start = Clock.monotonicNanoseconds()
            do throws(CNIError) {
                bench.register(pod)
                _ = try await driver.runtime.add(driver.list, pod.attachment)
                filling.pods.append(pod)
            } catch {
                filling.refusal = Clock.monotonicNanoseconds() - start
                guard error.kind == .refused else {
                    throw ProbeFailure(
                        .rubbish,
                        "the ADD that found no address did not end with the error object that the specification asks "
                            + "for: \(error)",
                        words: error.standardErrorTail
                    )
                }
                filling.error = error
                // The runtime has taken the failed ADD back by DEL; once more is harmless.
                _ = try await bench.detach(pod)
                return filling
            }
        }
        throw ProbeFailure(
            .leaked,
            "\(filling.pods.count) pods got addresses from a range of 16: the plugin does not keep to its range"
        )
    }

    private func empty(_ filling: Filling) async throws(ProbeFailure) {
        for pod in filling.pods { _ = try await bench.detach(pod) }
    }
}
