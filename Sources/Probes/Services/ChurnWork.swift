import Contract
import LinuxHost
import ServiceLab
import ServiceProxies
import Sockets
import Synchronization

/// Endpoints die and are replaced at a rate, while a client keeps connecting to their service.
///
/// An endpoint dies first, without a word, and only then the proxy is told: connections that fail in between are the
/// price of the proxy's latency.
struct ChurnWork: Sendable {
    let bench: ServiceBench

    /// A client that waited for each lost packet as long as elsewhere would hardly connect any more.
    private static let longestTimeout: UInt64 = 100_000_000

    /// Measures for as long as the plan says and reports.
    func run() async throws(ProbeFailure) {
        let start = Clock.monotonicNanoseconds()
        let end = start + bench.probe.churnNanoseconds
        let number = (bench.probe.services - 1) / 2
        let deadBefore = ServiceLab.packetsToDead()
        async let watching = watch(number, from: start, until: end)
        let changes: [ChurnChange]
        do throws(ProbeFailure) {
            changes = try await change(number, from: start, until: end)
        } catch {
            // The client ends by itself at the same time; its thread must not outlive the network.
            _ = await watching
            throw error
        }
        let log = try await watching.get()
        let timeline = ChurnReport(log, changes: changes, start: start, end: end, deadBefore: deadBefore)
        bench.emit(timeline.events())
    }

    // MARK: The client

    private func watch(
        _ number: Int,
        from start: UInt64,
        until end: UInt64
    ) async -> Result<ChurnLog, ProbeFailure> {
        let target = bench.table.target(number)
        let timeout = min(bench.probe.timeoutNanoseconds, Self.longestTimeout)
        do throws(ProbeFailure) {
            return .success(
                try await bench.asClient { [bench] _ throws(SocketError) in
                    let client = ServiceClient(timeoutNanoseconds: timeout)
                    var log = ChurnLog()
                    var now = Clock.monotonicNanoseconds()
                    while now < end, !bench.stop.isTripped {
                        log.countDeadPackets(at: now - start)
                        log.take(try client.connect(to: target), startedAt: now - start)
                        now = Clock.monotonicNanoseconds()
                    }
                    return log
                }
            )
        } catch {
            return .failure(error)
        }
    }

    // MARK: The changes

    private func change(
        _ number: Int,
        from start: UInt64,
        until end: UInt64
    ) async throws(ProbeFailure) -> [ChurnChange] {
        var ports = bench.table.ports
        let name = bench.table.port(number).name
        guard let place = ports.firstIndex(where: { $0.name == name }) else { return [] }
        let period = UInt64(1e9 / bench.probe.churnPerSecond)
        var changes: [ChurnChange] = []
        var due = start + period
        // A proxy that falls behind leaves changes over when the time is up: nobody would see them any more.
        while due < end, Clock.monotonicNanoseconds() < end {
            try await sleep(until: due)
            let before = ports[place]
            let index = changes.count % before.endpoints.count
            let after = bench.table.replacing(endpointAt: index, of: before, generation: changes.count)
            ports[place] = after
            let death = Clock.monotonicNanoseconds()
            try ProbeFailure.ofLab { () throws(LabError) in try bench.lab.kill(before.endpoints[index].address) }
            do throws(ServiceProxyError) {
                _ = try await bench.proxy.apply(.endpointsChanged(from: before, to: after), resulting: ports)
            } catch {
                throw ProbeFailure(error)
            }
            changes.append(
                ChurnChange(
                    diedAt: death - start,
                    returnedAt: Clock.monotonicNanoseconds() - start,
                    successor: after.endpoints[index].address
                )
            )
            due += period
        }
        return changes
    }

    private func sleep(until time: UInt64) async throws(ProbeFailure) {
        let now = Clock.monotonicNanoseconds()
        if now < time { try? await Task.sleep(for: .nanoseconds(time - now)) }
        if bench.stop.isTripped { throw ProbeFailure.interrupted(bench.stop) }
    }
}
