import Contract
import Testbed

/// Names of the namespaces of one run: `nm-<run>-<network>-node0-pod1`, so that anyone can tell whose they are.
struct NamespaceNames: Sendable, Equatable {
    /// What every namespace of every run begins with.
    static let prefix = "nm-"

    /// The short form of the run's id.
    let run: String

    /// What the names of this run begin with.
    var runPrefix: String { "\(Self.prefix)\(run)-" }

    func fabric(of network: String) -> String { "\(runPrefix)\(network)-fabric" }

    func namespace(of place: Place) -> String {
        let node = "\(runPrefix)\(place.network)-node\(place.node)"
        return place.pod.map { "\(node)-pod\($0)" } ?? node
    }
}
