import Contract
import Quantities

/// Rules between the values of a `NetworkTrafficShaper`, each reported where the value stands.
struct ShaperRules {
    typealias Kind = NetworkTrafficShaper

    /// The most links at once: each is watched by agents of its own.
    static let mostLinks = 64

    let spec: Kind.Spec
    let keyed: KeyedReader<Kind.Spec.Key>

    func check() {
        var taken: [Link: Int] = [:]
        for (index, target) in spec.targets.enumerated() {
            let place = element(index)
            let subjects = spec.subjects(of: target)
            if subjects.isEmpty { place?.fail(nobody) }
            carriedOut(target, at: place)
            for subject in subjects {
                if case .node(let name) = subject { node(name, at: place) }
                let link = Link(subject: subject, interface: target.interface)
                if let first = taken[link] {
                    place?.fail(
                        "\(target.interface) of \(subject) is shaped by targets[\(first)] already; one link has one "
                            + "shaping: say in one target all that it shall do")
                } else {
                    taken[link] = index
                }
            }
            for filter in target.filters + target.exempt {
                guard case .pods(let selector) = filter.peer, spec.pods(selector).isEmpty else {
                    continue
                }
                place?.fail("a filter's selector: \(nobody)")
            }
        }
        if taken.count > Self.mostLinks {
            keyed[.targets]?.fail("these are \(taken.count) links, and at most \(Self.mostLinks) are shaped at once")
        }
        pods()
        witnesses(Set(taken.keys.map(\.subject)))
    }

    /// What an agent would refuse is refused here.
    private func carriedOut(_ target: Kind.Target, at place: NodeReader?) {
        // Which addresses pods get makes no difference.
        let anybody = [IPAddress(192, 0, 2, 1)]
        let filters = target.filters.flatMap { $0.resolved(anybody) }
        let exempt = target.exempt.flatMap { $0.resolved(anybody) }
        for condition in target.conditions(filters: filters, exempt: exempt) {
            do throws(PlanError) {
                try condition.validate()
            } catch {
                place?.fail("\(condition.words) cannot be carried out: \(error.reason)")
            }
        }
    }

    private struct Link: Hashable {
        let subject: Kind.Spec.Subject
        let interface: String
    }

    private var nobody: String {
        "no pod has these labels; there are \(spec.local.pods.count) pods with labels in local.pods"
    }

    /// Somebody has to stay as it is, so that what is done to the others can be seen.
    private func witnesses(_ shaped: Set<Kind.Spec.Subject>) {
        let nodes = (0..<spec.local.nodes).map { Kind.Spec.Subject.node("node\($0)") }
        let pods = spec.pods.map { Kind.Spec.Subject.pod($0.name) }
        guard (nodes + pods).allSatisfy(shaped.contains) else { return }
        keyed[.targets]?.fail("every pod and node is shaped, and nobody is left who could see it; leave one alone")
    }

    private func node(_ name: String, at place: NodeReader?) {
        let names = (0..<spec.local.nodes).map { "node\($0)" }
        guard !names.contains(name) else { return }
        place?.fail(
            "there is no node \(name); the local testbed has \(names.first ?? "") to \(names.last ?? "")",
            suggestion: NearestName.of(name, among: names))
    }

    private func pods() {
        for pod in spec.local.pods {
            if let node = pod.node, node >= spec.local.nodes {
                keyed[.local]?.fail(
                    "the pod \(pod.name) stands on node\(node), and there are \(spec.local.nodes) nodes")
            }
        }
        let most = NetworkConnectivityTest.Local.podsOnNode
        if spec.pods.count > most {
            keyed.reader.fail("these are \(spec.pods.count) pods, and at most \(most) are made")
        }
    }

    /// One target, to report at.
    private func element(_ index: Int) -> NodeReader? {
        guard let reader = keyed[.targets], case .list(let elements) = reader.node.value,
            elements.indices.contains(index)
        else { return nil }
        return NodeReader(
            node: elements[index], path: PathText.index(index, under: reader.path), problems: reader.problems)
    }
}
