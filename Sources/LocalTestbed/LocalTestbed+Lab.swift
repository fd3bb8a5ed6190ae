import Contract
import LinuxHost
import Quantities
import Testbed

extension LocalTestbed {
    /// Takes over what a lab has: reads where its pods are, and makes nothing, so that nothing is removed either.
    func adopt(_ topology: Topology, of lab: LabName) throws(TestbedError) {
        let list = try PlaceStatus.list(run: lab.run)
        let places = Dictionary(list.map { ($0.place, $0) }, uniquingKeysWith: { first, _ in first })
        names.networks = Self.networks(of: topology, in: list)
        for place in topology.places {
            guard let status = places[names.words(of: place)] else {
                throw TestbedError(
                    code: .missing, operation: "find", object: names.words(of: place),
                    cause: "the lab \(lab.name) has none",
                    nextStep: lab.wayOut)
            }
            guard case .pod = place else { continue }
            podAddresses[place] = status.addresses.compactMap { try? CIDR(parsing: $0).address }
        }
    }

    /// What a lab lacks of a topology, found before anything starts.
    func shortcomings(for topology: Topology, of lab: LabName) -> [Shortcoming] {
        if let refusal = LocalRequirements.refusal { return [refusal] }
        let list: [PlaceStatus]
        do throws(TestbedError) {
            list = try PlaceStatus.list(run: lab.run)
        } catch {
            return [Shortcoming(what: "\(error)", wayOut: lab.wayOut)]
        }
        guard !list.isEmpty else {
            return [Shortcoming(what: "the lab \(lab.name) is not up", wayOut: lab.wayOut)]
        }
        var names = names
        names.networks = Self.networks(of: topology, in: list)
        let there = Set(list.map(\.place))
        let missing = topology.places.map(names.words).filter { !there.contains($0) }
        guard let first = missing.first else { return [] }
        let others = missing.count > 1 ? ", nor \(missing.count - 1) more" : ""
        return [
            Shortcoming(
                what: "the lab \(lab.name) has no \(first)\(others), which the resource asks for",
                wayOut:
                    "name what `netmachinery lab ps --name \(lab.name)` shows, or take a lab with more networks, nodes or pods"
            )
        ]
    }
}

extension LocalTestbed {
    /// What networks of a topology are called in a lab: the same, or, where each has one only, whatever the lab's is called.
    private static func networks(of topology: Topology, in list: [PlaceStatus]) -> [String: String] {
        let there = Set(list.compactMap { $0.place.split(separator: "/").first.map(String.init) })
        guard let asked = topology.networks.first, topology.networks.count == 1, let only = there.first,
            there.count == 1
        else { return [:] }
        return [asked.name: only]
    }
}

/// The name of a lab, and what its namespaces carry.
public struct LabName: Sendable, Equatable {
    /// The name.
    public let name: String
    /// The word that the names of its namespaces carry; no run's short name has an underscore.
    public var run: String { "lab_\(name)" }

    /// A lab of this name; nil where it cannot be one.
    public init?(_ name: String) {
        let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789")
        guard (1...12).contains(name.count), name.allSatisfy(allowed.contains) else { return nil }
        self.name = name
    }

    var wayOut: String { "bring it up: netmachinery lab up --name \(name)" }
}

extension Topology {
    /// Every node and every pod.
    var places: [Place] {
        networks.flatMap { network in
            (0..<nodes).flatMap { node -> [Place] in
                let pods = node < network.podsOnNode.count ? network.podsOnNode[node] : 0
                return [.node(node, of: network.name)] + (0..<pods).map { .pod($0, on: node, of: network.name) }
            }
        }
    }
}
