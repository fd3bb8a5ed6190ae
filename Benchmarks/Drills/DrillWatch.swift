import Contract
import FoundationEssentials
import LinuxHost
import Quantities
import Watches

/// One watch of the program in a lab, during which faults are made and undone one after the other.
struct DrillWatch: Sendable {
    let lab: DrillLab
    let pace: DrillPace
    /// What agents send.
    let checks: [CheckKind]
    /// A place for the watch's file and pictures.
    let directory: String

    /// The port that agents answer at.
    private static let port: UInt16 = 12_990

    /// Watches while these are injected, each a list of faults at the same time.
    func run(_ faults: [[(title: String, fault: DrillFault)]]) async throws -> DrillRecording {
        let file = "\(directory)/watch.yaml"
        try text(lasting: pace.duration(of: faults.count)).write(toFile: file, atomically: true, encoding: .utf8)
        let seconds = pace.duration(of: faults.count) / 1_000 + 120
        return try await withThrowingTaskGroup(of: [DrillInjection]?.self) { group in
            group.addTask {
                try await lab.watch(file, plots: "\(directory)/plots", deadline: .seconds(seconds))
                return nil
            }
            group.addTask { try await inject(faults) }
            var injections: [DrillInjection] = []
            for try await result in group {
                if let result { injections = result }
            }
            return try DrillRecording.latest(in: lab.database, injections)
        }
    }

    private func text(lasting milliseconds: Int) -> String {
        """
        apiVersion: networkmachinery.io/v1alpha1
        kind: NetworkProblemDetector
        metadata: {name: drill}
        spec:
          network: \(DrillLab.network)
          nodes: \(DrillLab.nodes)
          podsPerNode: 1
          checks: [\(checks.map(\.rawValue).joined(separator: ", "))]
          period: \(pace.period)ms
          window: \(pace.window)ms
          duration: \(milliseconds)ms

        """
    }

    // MARK: Faults

    private func inject(_ faults: [[(title: String, fault: DrillFault)]]) async throws -> [DrillInjection] {
        for place in DrillLab.agents {
            try await SocketTable.waitForListener(
                Self.port, tcp: true, in: lab.namespace(place), deadline: .seconds(60))
        }
        try await Task.sleep(for: .milliseconds(pace.learning))
        var injections: [DrillInjection] = []
        let begin = ContinuousClock.now
        for (number, together) in faults.enumerated() {
            // By the clock: on a busy machine each program takes its time, and the watch would be over before the last.
            try await Task.sleep(until: begin + .milliseconds(number * pace.turn), clock: .continuous)
            StandardError.print("drills: \(together.map(\.title).joined(separator: " + "))")
            let began = Self.now
            do {
                for one in together { try await apply(one.fault.apply) }
                let there = Self.now
                try await hold(together.compactMap(\.fault.pulse), until: .now + .milliseconds(pace.lasting))
                for one in together { try await apply(one.fault.undo) }
                injections.append(
                    DrillInjection(
                        titles: together.map(\.title), causes: together.map(\.fault.cause),
                        consequences: together.flatMap(\.fault.consequences), began: began, there: there, gone: Self.now
                    ))
            } catch {
                throw error is CancellationError
                    ? error : BenchmarkError("\(together.map(\.title).joined(separator: " + ")): \(error)")
            }
        }
        return injections
    }

    private func apply(_ steps: [DrillFault.Step]) async throws {
        for step in steps { try await lab.run(step.words, at: step.place) }
    }

    /// Does again and again what has to be done again.
    private func hold(
        _ pulses: [DrillFault.Pulse], until end: ContinuousClock.Instant
    ) async throws {
        defer { for pulse in pulses { pulse.end() } }
        while .now < end {
            for pulse in pulses {
                let work = pulse.work
                try NetworkNamespace.open(named: lab.namespace(pulse.place)).run { () throws(HostError) in work() }
            }
            let pause = pulses.isEmpty ? end : min(end, .now + .milliseconds(pace.period))
            try await Task.sleep(until: pause, clock: .continuous)
        }
    }

    private static var now: UInt64 { UInt64(Date().timeIntervalSince1970 * 1e9) }
}
