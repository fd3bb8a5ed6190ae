import Contract
import Glibc
import LinuxHost
import ServiceLab
import ServiceProxies
import Sockets
import Statistics

/// What connections through the proxy cost.
struct DataPath: Sendable {
    let bench: ServiceBench

    /// Connections before the measured ones, so that neighbours, caches and the server's thread are there.
    private static let warmUp = 20
    /// Connections by which the rules they are compared with are counted.
    private static let countedConnections = 50

    // MARK: New connections

    /// New connections at every position, and first datagrams where services take them.
    func firstPackets() async throws(ProbeFailure) {
        for position in bench.probe.positions {
            let outcome = try await connections(at: position, nanoseconds: bench.probe.windowNanoseconds)
            try believe(outcome, "new connections at position \(position.rawValue)")
            bench.emit(ServiceReport.latencies(outcome.latency) { ServiceMetrics.connect(position, $0) })
            if position == .first, bench.probe.affinitySeconds == nil,
                let fairness = ServiceReport.fairness(outcome.hits, endpoints: bench.probe.endpoints)
            {
                bench.emit([fairness])
            }
        }
        for position in bench.probe.positions {
            guard let number = bench.table.fixedNumber(at: position),
                bench.table.datagramNumbers.contains(number)
            else { continue }
            let outcome = try await datagrams(to: number, nanoseconds: bench.probe.windowNanoseconds / 2)
            try believe(outcome, "first datagrams at position \(position.rawValue)")
            bench.emit(ServiceReport.latencies(outcome.latency) { ServiceMetrics.datagram(position, $0) })
        }
        if let entries = ConntrackCount.entries() {
            bench.sample(ServiceMetrics.conntrackEntries.name, Double(entries))
        }
    }

    private func connections(
        at position: ServicePosition,
        nanoseconds: UInt64
    ) async throws(ProbeFailure) -> ConnectOutcome {
        try await bench.asClient { [bench] client throws(SocketError) in
            var targets = TargetChoice(bench.table, position, seed: bench.seed)
            for _ in 0..<Self.warmUp { _ = try client.connect(to: targets.next()) }
            var outcome = ConnectOutcome()
            let start = Clock.monotonicNanoseconds()
            while Clock.monotonicNanoseconds() - start < nanoseconds, !bench.stop.isTripped {
                let target = targets.next()
                let attempt = try client.connect(to: target)
                outcome.take(attempt, expected: bench.table.endpoints(of: target.service))
            }
            outcome.wallNanoseconds = Clock.monotonicNanoseconds() - start
            return outcome
        }
    }

    private func datagrams(to number: Int, nanoseconds: UInt64) async throws(ProbeFailure) -> ConnectOutcome {
        try await bench.asClient { [bench] client throws(SocketError) in
            let target = bench.table.datagramTarget(number)
            let expected = bench.table.endpoints(of: number)
            _ = try client.datagram(to: target)
            var outcome = ConnectOutcome()
            let start = Clock.monotonicNanoseconds()
            while Clock.monotonicNanoseconds() - start < nanoseconds, !bench.stop.isTripped {
                outcome.take(try client.datagram(to: target), expected: expected)
            }
            outcome.wallNanoseconds = Clock.monotonicNanoseconds() - start
            return outcome
        }
    }

    // MARK: Connections that are there, and whole transactions

    /// Round trips on one connection through the last of the services.
    func established() async throws(ProbeFailure) {
        let window = bench.probe.windowNanoseconds
        let outcome = try await bench.asClient { [bench] client throws(SocketError) in
            let target = bench.table.target(bench.probe.services - 1)
            return try client.roundTrips(on: target, until: Clock.monotonicNanoseconds() + window, stop: bench.stop)
        }
        bench.emit([.histogram(metric: "established", json: outcome.histogram.json())])
        bench.sample(ServiceMetrics.establishedP50.name, Double(outcome.histogram.percentile(50)) / 1e9)
        bench.sample(ServiceMetrics.establishedP99.name, Double(outcome.histogram.percentile(99)) / 1e9)
    }

    /// Connect, request, reply, close: how many a second, at the first position that was asked for last.
    func connectionRate() async throws(ProbeFailure) {
        let window = bench.probe.windowNanoseconds
        let position = bench.probe.positions.last ?? .random
        let outcome = try await bench.asClient { [bench] client throws(SocketError) in
            var targets = TargetChoice(bench.table, position, seed: bench.seed)
            _ = try client.transact(with: targets.next())
            var outcome = ConnectOutcome()
            let start = Clock.monotonicNanoseconds()
            while Clock.monotonicNanoseconds() - start < window, !bench.stop.isTripped {
                let target = targets.next()
                outcome.take(try client.transact(with: target), expected: bench.table.endpoints(of: target.service))
            }
            outcome.wallNanoseconds = Clock.monotonicNanoseconds() - start
            return outcome
        }
        try believe(outcome, "connections with a request")
        let seconds = Double(outcome.wallNanoseconds) / 1e9
        bench.sample(ServiceMetrics.connectionRate.name, Double(outcome.latency.transactions) / seconds)
    }

    // MARK: Rules

    /// Rules that a new connection is compared with, at every position, where the mode has counters.
    func rules() async throws(ProbeFailure) {
        for position in bench.probe.positions {
            guard let before = try await traversal() else { return }
            _ = try await bench.asClient { [bench] client throws(SocketError) in
                var targets = TargetChoice(bench.table, position, seed: bench.seed)
                for _ in 0..<Self.countedConnections { _ = try client.connect(to: targets.next()) }
                return true
            }
            guard let after = try await traversal() else { return }
            let rules = after.evaluations(since: before, packets: Self.countedConnections)
            bench.sample(ServiceMetrics.rules(position), rules)
        }
    }

    private func traversal() async throws(ProbeFailure) -> RuleTraversal? {
        do throws(ServiceProxyError) {
            return try await bench.proxy.traversal()
        } catch {
            throw ProbeFailure(error)
        }
    }

    // MARK: Belief

    /// A refused connection or a stranger's answer means that the services are not as planned.
    private func believe(_ outcome: ConnectOutcome, _ what: String) throws(ProbeFailure) {
        if outcome.strangers > 0 {
            throw ProbeFailure(
                .unverified, "\(what): \(outcome.strangers) answers came from endpoints of other services")
        }
        if outcome.refused > 0 {
            throw ProbeFailure(.unverified, "\(what): \(outcome.refused) were refused, although the service is there")
        }
        guard outcome.latency.transactions > 0 else {
            throw ProbeFailure(
                .timedOut, "\(what): none of \(outcome.latency.timeouts) came through; see whether the node forwards")
        }
    }
}
