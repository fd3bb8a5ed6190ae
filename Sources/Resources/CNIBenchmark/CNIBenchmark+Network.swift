extension CNIBenchmark {
    /// A network whose plugins are measured.
    public struct Network: Sendable, Equatable {
        /// The name in results and pictures.
        public var name: String
        /// How it is made.
        public var source: Source

        /// Describes a network.
        public init(name: String, source: Source) {
            self.name = name
            self.source = source
        }

        /// How a network is made.
        public enum Source: Sendable, Equatable {
            /// One that this program knows.
            case preset(Preset)
            /// A CNI network configuration list in a file.
            case conflist(path: String)
        }
    }

    /// A network that this program knows.
    public enum Preset: String, Sendable, Hashable, CaseIterable {
        /// No plugin: the same links, addresses and routes by netlink, the floor of the others.
        case netlink
        /// The CNI plugin `bridge`.
        case bridge
        /// The CNI plugin `ptp`.
        case ptp
        /// The CNI plugin `macvlan` on the node's uplink.
        case macvlan
        /// The CNI plugin `ipvlan` on the node's uplink.
        case ipvlan
        /// `bridge` and then `portmap`, with a port for each pod.
        case bridgePortmap = "bridge-portmap"
        /// `bridge` and then `bandwidth`, with a limit in both directions.
        case bridgeBandwidth = "bridge-bandwidth"
        /// `bridge` and then `tuning`, with one sysctl.
        case bridgeTuning = "bridge-tuning"
    }
}

extension CNIBenchmark {
    /// Ports of one bridge: the kernel numbers them with 10 bits (`BR_MAX_PORTS`), and 0 is none.
    static let bridgePorts = 1_023
}

extension CNIBenchmark.Network {
    /// Whether all pods of a node are ports of one bridge; a user's list may do anything.
    var hasBridge: Bool {
        switch source {
        case .preset(.bridge), .preset(.bridgePortmap), .preset(.bridgeBandwidth), .preset(.bridgeTuning): true
        case .preset(.netlink), .preset(.ptp), .preset(.macvlan), .preset(.ipvlan), .conflist: false
        }
    }

    private enum Key: String, CaseIterable {
        case name
        case preset
        case conflist
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let name = keyed.require(.name, NodeReader.nameExpectation(maximumLength: 20)) { $0.name() }
        let preset = keyed[.preset]?.choice(CNIBenchmark.Preset.self)
        let conflist = keyed[.conflist]?.string("the path of a CNI conflist")
        switch (keyed[.preset], keyed[.conflist]) {
        case (let preset?, _?):
            preset.fail("a network has a preset or a conflist, not both; remove one of them")
        case (nil, nil):
            let presets = CNIBenchmark.Preset.allCases.map(\.rawValue).joined(separator: ", ")
            keyed.failMissing(.preset, "a network needs a preset (\(presets)) or a conflist")
        case (nil, _?), (_?, nil): break
        }
        guard let name else { return nil }
        if let preset {
            self.init(name: name, source: .preset(preset))
        } else if let conflist {
            self.init(name: name, source: .conflist(path: conflist))
        } else {
            return nil
        }
    }

    var canonical: CanonicalValue {
        switch source {
        case .preset(let preset): .object(["name": .string(name), "preset": .string(preset.rawValue)])
        case .conflist(let path): .object(["name": .string(name), "conflist": .string(path)])
        }
    }
}
