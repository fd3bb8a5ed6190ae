import Contract
import Quantities

/// Rules between the values of a `NetworkConnectivityTest`, each reported where the value stands.
struct ConnectivityRules {
    typealias Kind = NetworkConnectivityTest

    let spec: Kind.Spec
    /// With the pods that are selected.
    let resolved: Kind.Spec
    let keyed: KeyedReader<Kind.Spec.Key>

    init(spec: Kind.Spec, keyed: KeyedReader<Kind.Spec.Key>) {
        self.spec = spec
        self.keyed = keyed
        resolved = spec.resolved
    }

    func check() {
        layers()
        if spec.layer != .application || spec.application != .https {
            keyed[.trusted]?.fail("certificates are of https on layer 7; leave them out, or take that")
        } else if spec.trusted?.hasPrefix("/") == false {
            keyed[.trusted]?.fail("expected a path that begins with /: agents run elsewhere")
        }
        if spec.waitsForExpected {
            if spec.deadline == nil {
                keyed[.converge]?.fail("say for how long what is expected is waited for, such as deadline: 30s")
            }
            if spec.findsPathMTU {
                keyed[.converge]?.fail("a search for the path's MTU ends by itself; leave one of the two out")
            }
            if spec.interval.nanoseconds < 1_000_000 {
                keyed[.interval]?.fail("attempts that wait for something are at least 1ms apart")
            }
        }
        for (index, source) in spec.sources.enumerated() {
            let place = element(index, of: .sources) ?? keyed[.source]
            if case .node(let name) = source { node(name, at: place) }
            if case .pods(let selector) = source { selected(selector, at: place) }
        }
        for (index, destination) in spec.destinations.enumerated() {
            let place = element(index, of: .destinations)
            port(of: destination, at: place)
            switch destination.target {
            case .node(let name): node(name, at: place)
            case .address(let address), .external(let address): family(of: address, at: place)
            case .pods(let selector): selected(selector, at: place)
            case .name(let name): self.name(name, of: destination, at: place)
            case .pod, .service: break
            }
            if let name = destination.service, !spec.families.contains(.ipv4) {
                place?.fail("the service \(name) has an IPv4 address here, and that is not asked for; see family")
            }
            if let name = destination.service, spec.local.proxy == .none {
                place?.fail("the service \(name) has no virtual address with the proxy none; choose another proxy")
            }
        }
        services()
        blocks()
        nameServer()
        external()
        isolated()
        if resolved.pods.count > spec.local.nodes * Kind.Local.podsOnNode {
            keyed.reader.fail(
                "these are \(resolved.pods.count) pods, and \(spec.local.nodes) nodes have room for "
                    + "\(spec.local.nodes * Kind.Local.podsOnNode); take more nodes (local.nodes)")
        }
    }

    private func layers() {
        switch spec.layer {
        case .network:
            keyed[.protocol]?.fail("layer 3 has echo requests and no other protocol; leave it out, or take layer 4")
        case .transport, .application:
            keyed[.pathMTU]?.fail("the path's MTU is looked for on layer 3; leave it out, or take layer 3")
        }
    }

    private func port(of destination: Kind.Destination, at place: NodeReader?) {
        switch (spec.layer, destination.port) {
        case (.application, _) where spec.asksPorts: needsPort(destination, at: place)
        case (.application, .some):
            place?.fail("name servers are asked at port 53; leave the port of \(destination.label) out")
        case (.network, .some): place?.fail("layer 3 has no ports; leave the port of \(destination.label) out")
        case (.transport, _): needsPort(destination, at: place)
        case (.application, nil):
            guard case .name = destination.target else {
                place?.fail("layer 7 asks for names: give \(destination.label) the kind name, or take layer 3 or 4")
                return
            }
        case (.network, nil):
            if destination.expect == .refused {
                place?.fail("nothing refuses an echo request; expect reached or blocked, or take layer 4")
            }
        }
        let asksPages = spec.layer == .application && spec.asksPorts
        if !asksPages, destination.path != nil || destination.status != nil {
            place?.fail("\(destination.label) has a path or a status, which are of http and https on layer 7")
        }
        guard destination.expect == .nameNotFound else { return }
        guard case .name = destination.target else {
            place?.fail("\(destination.label) is found without a name; expect nameNotFound of the kind name")
            return
        }
    }

    private func needsPort(_ destination: Kind.Destination, at place: NodeReader?) {
        guard destination.port == nil else { return }
        place?.fail("layer \(spec.layer.rawValue) needs a port of \(destination.label), such as port: 80")
    }

    private func name(_ name: Kind.NamedTarget, of destination: Kind.Destination, at place: NodeReader?) {
        if let server = name.server, spec.layer == .application, !spec.asksPorts { family(of: server, at: place) }
        let asksItself = spec.layer == .application && !spec.asksPorts
        if !asksItself, name.server == nil, let known = spec.local.names[name.name],
            !spec.families.contains(known.family)
        {
            place?.fail(
                "\(name.name) has the address \(known), and \(known.family.rawValue) is not asked for; see family")
        }
        if name.type != .a, spec.layer != .application || spec.asksPorts {
            place?.fail("the type \(name.type.rawValue) is asked for on layer 7 by dns; leave it out, or take that")
        }
    }

    /// Node 0 has one, where names are asked for.
    private func nameServer() {
        guard spec.asksLocalNames, spec.asksPorts else { return }
        let ports = spec.local.ports + spec.destinations.compactMap { $0.service == nil ? nil : $0.port }
        if ports.contains(where: { $0.number == ReachProbe.namePort }) {
            keyed.reader.fail("the local name server has port 53 already; take another port, or give names a server")
        }
    }

    private func selected(_ selector: Kind.PodSelector, at place: NodeReader?) {
        guard spec.pods(selector).isEmpty else { return }
        place?.fail("no pod is selected by \(selector); give pods labels in local.pods, or mend the selector")
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

    private func external() {
        for address in spec.local.external {
            if !spec.families.contains(address.family) {
                keyed[.local]?.fail(
                    "\(address), which is outside, is of \(address.family.rawValue), and that is not asked for; see family"
                )
            }
            if Self.isNobodys(address) {
                keyed[.local]?.fail("nobody outside can have the address \(address)")
            }
        }
    }

    /// Unspecified, loopback, link-local and multicast addresses (RFC 6890), as bytes.
    private static func isNobodys(_ address: IPAddress) -> Bool {
        let bytes = address.bytes
        switch address.family {
        case .ipv4: return [0, 127].contains(bytes[0]) || bytes[0] >= 224 || (bytes[0] == 169 && bytes[1] == 254)
        case .ipv6:
            return bytes[0] == 0xFF || (bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80)
                || (bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] <= 1)
        }
    }

    /// What is attached to a node's uplink has no way to the node itself, nor through it.
    private func isolated() {
        guard [.macvlan, .ipvlan].contains(spec.local.network) else { return }
        let asksNodes =
            (spec.sources.map { if case .node = $0 { true } else { false } }).contains(true)
            || spec.destinations.contains { if case .node = $0.target { true } else { false } }
        let asksMore = spec.destinations.contains { $0.service != nil } || !spec.local.external.isEmpty
        guard spec.local.nodes > 1 || asksNodes || asksMore else { return }
        keyed[.local]?.fail(
            "pods of \(spec.local.network.rawValue) reach the pods of their own node only: take one node (local.nodes: 1), and "
                + "leave nodes, services and addresses outside out")
    }

    private func services() {
        for service in spec.local.services
        where !spec.destinations.contains(where: { $0.service == service.name }) {
            keyed[.local]?.fail(
                "nothing asks for the service \(service.name); leave it out, or name it as a destination")
        }
    }

    private func blocks() {
        for block in spec.local.blocks {
            for name in [block.to] + [block.from].compactMap(\.self) where !resolved.pods.contains(name) {
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
