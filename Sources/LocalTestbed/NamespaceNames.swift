import Contract
import Testbed

/// Names of the namespaces of one run: `nm-<run>-<network>-node0-pod1`, so that anyone can tell whose they are.
struct NamespaceNames: Sendable, Equatable {
    /// What every namespace of every run begins with.
    static let prefix = "nm-"

    /// The short form of the run's id.
    let run: String
    /// What networks are called here where they have other names there.
    var networks: [String: String] = [:]

    init(run: String) {
        self.run = run
    }

    /// What the names of this run begin with.
    var runPrefix: String { "\(Self.prefix)\(run)-" }

    func fabric(of network: String) -> String { "\(runPrefix)\(network)-fabric" }

    func node(_ node: Int, of network: String) -> String { "\(runPrefix)\(network)-node\(node)" }

    func pod(_ pod: Int, on node: Int, of network: String) -> String { "\(self.node(node, of: network))-pod\(pod)" }

    /// The namespace of a node or a pod; nil for a scratch place, which has no name.
    func namespace(of place: Place) -> String? {
        switch place {
        case .node(let node, let network): self.node(node, of: here(network))
        case .pod(let pod, let node, let network): self.pod(pod, on: node, of: here(network))
        case .scratch: nil
        }
    }

    /// The place as people write it here: `bridge/node0/pod1`.
    func words(of place: Place) -> String {
        switch place {
        case .node(let node, let network): Place.node(node, of: here(network)).description
        case .pod(let pod, let node, let network): Place.pod(pod, on: node, of: here(network)).description
        case .scratch: place.description
        }
    }

    private func here(_ network: String) -> String { networks[network] ?? network }
}
