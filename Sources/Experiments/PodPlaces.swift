import Contract
import Resources

/// Where on a testbed pods stand; pure.
struct PodPlaces: Sendable {
    /// Every pod with its place.
    private(set) var places: [NetworkConnectivityTest.Reference: Place] = [:]
    /// Pods on each node.
    private(set) var podsOnNode: [Int]

    /// Pods called `node1-pod0` stand there, as those of labs do; others where it is said, or by turns on the nodes.
    init(_ pods: [(name: NetworkConnectivityTest.Reference, node: Int?)], nodes: Int, network: String) {
        var taken: [Set<Int>] = Array(repeating: [], count: nodes)
        for (name, asked) in pods {
            guard let (node, index) = PodPlaceName.parse(name.name), node < nodes, asked ?? node == node,
                index < Self.mostOnNode, taken[node].insert(index).inserted
            else { continue }
            places[name] = .pod(index, on: node, of: network)
        }
        var turn = 0
        var next = [Int](repeating: 0, count: nodes)
        for (name, asked) in pods where places[name] == nil {
            let node = asked ?? turn % nodes
            if asked == nil { turn += 1 }
            while taken[node].contains(next[node]) { next[node] += 1 }
            taken[node].insert(next[node])
            places[name] = .pod(next[node], on: node, of: network)
        }
        podsOnNode = taken.map { ($0.max() ?? -1) + 1 }
    }

    /// A name with a larger number stands for nothing: so many pods would have to be made before it.
    private static let mostOnNode = NetworkConnectivityTest.Local.podsOnNode
}
