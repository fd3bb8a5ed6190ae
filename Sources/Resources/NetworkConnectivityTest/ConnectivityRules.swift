import Contract
import Quantities

/// Rules between the values of a `NetworkConnectivityTest`, each reported where the value stands.
struct ConnectivityRules {
    typealias Kind = NetworkConnectivityTest

    let spec: Kind.Spec
    let keyed: KeyedReader<Kind.Spec.Key>

    func check() {
        layers()
        for (index, source) in spec.sources.enumerated() {
            if case .node(let name) = source { node(name, at: element(index, of: .sources) ?? keyed[.source]) }
        }
        for (index, destination) in spec.destinations.enumerated() {
            let place = element(index, of: .destinations)
            port(of: destination, at: place)
            switch destination.target {
            case .node(let name): node(name, at: place)
            case .address(let address), .external(let address): family(of: address, at: place)
            case .service(let name):
                if spec.local.proxy == .none {
                    place?.fail("the service \(name) has no virtual address with the proxy none; choose another proxy")
                }
            case .pod: break
            }
        }
        services()
        blocks()
        if spec.pods.count > spec.local.nodes * Kind.Local.podsOnNode {
            keyed.reader.fail(
                "these are \(spec.pods.count) pods, and \(spec.local.nodes) nodes have room for "
                    + "\(spec.local.nodes * Kind.Local.podsOnNode); take more nodes (local.nodes)")
        }
    }

    private func layers() {
        if spec.layer == .network {
            keyed[.protocol]?.fail("layer 3 has echo requests and no other protocol; leave it out, or take layer 4")
        } else {
            keyed[.pathMTU]?.fail("the path's MTU is looked for on layer 3; leave it out, or take layer 3")
        }
    }

    private func port(of destination: Kind.Destination, at place: NodeReader?) {
        switch (spec.layer, destination.port) {
        case (.network, .some): place?.fail("layer 3 has no ports; leave the port of \(destination.label) out")
        case (.transport, nil):
            place?.fail("layer 4 needs a port of \(destination.label), such as port: 80")
        case (.network, nil):
            if destination.expect == .refused {
                place?.fail("nothing refuses an echo request; expect reached or blocked, or take layer 4")
            }
        default: break
        }
    }

    private func node(_ name: String, at place: NodeReader?) {
        let names = (0..<spec.local.nodes).map { "node\($0)" }
        guard !names.contains(name) else { return }
        place?.fail(
            "there is no node \(name); the local testbed has \(names.first ?? "") to \(names.last ?? "")",
            suggestion: NearestName.of(name, among: names))
    }

    private func family(of address: IPAddress, at place: NodeReader?) {
        guard !spec.families.contains(address.family) else { return }
        place?.fail("\(address) is of \(address.family.rawValue), and that is not asked for; see family")
    }

    private func services() {
        for service in spec.local.services
        where !spec.destinations.contains(where: { $0.target == .service(service.name) }) {
            keyed[.local]?.fail(
                "nothing asks for the service \(service.name); leave it out, or name it as a destination")
        }
    }

    private func blocks() {
        for block in spec.local.blocks {
            for name in [block.to] + [block.from].compactMap(\.self) where !spec.pods.contains(name) {
                keyed[.local]?.fail("there is no pod \(name) to keep packets from, or to keep them of")
            }
        }
    }

    /// One element of a list, to report at.
    private func element(_ index: Int, of key: Kind.Spec.Key) -> NodeReader? {
        guard let reader = keyed[key], case .list(let elements) = reader.node.value, elements.indices.contains(index)
        else { return nil }
        return NodeReader(
            node: elements[index], path: PathText.index(index, under: reader.path), problems: reader.problems)
    }
}
