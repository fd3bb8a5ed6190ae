import Contract
import Experiments
import Testbed

/// Looks at every node and pod of a scenario's testbed, so that nothing of a step is left when the next begins.
struct LeftoverGate: Sendable {
    let testbed: any Testbed
    let places: [Place]

    /// Places that are looked at at once; each is a process with some of its own.
    private static let atOnce = 4
    private static let deadlineSeconds = 60.0

    /// How long one look takes, about, on two processors.
    static func expectedDuration(_ topology: Topology) -> Duration { .milliseconds(100) * places(of: topology).count }

    init(_ testbed: any Testbed, _ topology: Topology) {
        self.testbed = testbed
        places = Self.places(of: topology)
    }

    private static func places(of topology: Topology) -> [Place] {
        topology.networks.flatMap { network in
            (0..<topology.nodes).flatMap { node -> [Place] in
                let pods =
                    network.podNetwork == .none || node >= network.podsOnNode.count ? 0 : network.podsOnNode[node]
                return [.node(node, of: network.name)] + (0..<pods).map { .pod($0, on: node, of: network.name) }
            }
        }
    }

    /// What stands where now; `without` are places that could not be seen before, and are not looked at.
    func look(without unseen: Set<Place> = []) async -> (things: StandingThings, unseen: [Place: String]) {
        var waiting = places.filter { !unseen.contains($0) }[...]
        var found = StandingThings()
        var errors: [Place: String] = [:]
        await withTaskGroup(of: (Place, Result<Set<String>, TrialFailure>).self) { group in
            func start() {
                guard let place = waiting.popFirst() else { return }
                group.addTask { (place, await look(at: place)) }
            }
            for _ in 0..<Self.atOnce { start() }
            while let (place, result) = await group.next() {
                switch result {
                case .success(let things): found.places[place] = things
                case .failure(let failure): errors[place] = failure.reason
                }
                start()
            }
        }
        return (found, errors)
    }

    private func look(at place: Place) async -> Result<Set<String>, TrialFailure> {
        let plan = ProbePlan(probe: InventoryProbe(), deadlineSeconds: Self.deadlineSeconds)
        let report: ProbeReport
        do throws(TestbedError) {
            report = try await testbed.withProbe(plan, at: place) { session throws(TestbedError) in
                var report = ProbeReport()
                try await report.readToEnd(session)
                return report
            }
        } catch {
            return .failure(TrialFailure(error))
        }
        guard report.isComplete, let text = report.artifacts.first(where: { $0.name == InventoryProbe.artifact })?.text
        else { return .failure(report.failure(at: place)) }
        return .success(Set(text.split(separator: "\n").map(String.init)))
    }
}
