import Quantities

extension CNIPerformance {
    /// A named pod network.
    public struct Network: Sendable, Equatable {
        /// The name in results and pictures.
        public var name: String
        /// How it is made.
        public var source: Source
        /// The maximum transmission unit of the pods' interfaces; the plugin's own choice when absent.
        public var mtu: Int?

        /// Describes a network.
        public init(name: String, source: Source, mtu: Int? = nil) {
            self.name = name
            self.source = source
            self.mtu = mtu
        }

        /// How a network is made.
        public enum Source: Sendable, Equatable {
            /// One that this program knows.
            case preset(Preset)
            /// A CNI network configuration list in a file, and how its nodes reach each other's pods.
            case conflist(path: String, fabric: Fabric)
        }
    }

    /// A pod network that this program knows.
    public enum Preset: String, Sendable, Hashable, CaseIterable {
        /// The CNI plugin `bridge`, with routes between the nodes.
        case bridge
        /// The CNI plugin `bridge`, with a VXLAN overlay between the nodes.
        case bridgeVXLAN = "bridge-vxlan"
        /// The CNI plugin `ptp`, with routes between the nodes.
        case ptp
    }

    /// How packets to other nodes' pods travel.
    public enum Fabric: String, Sendable, Hashable, CaseIterable {
        /// A route to each other node's pods.
        case routes
        /// A VXLAN overlay.
        case vxlan
    }
}

extension CNIPerformance.Network {
    private enum Key: String, CaseIterable {
        case name
        case preset
        case conflist
        case fabric
        case mtu
    }

    init?(reading reader: NodeReader) {
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let name = keyed.require(.name, NodeReader.nameExpectation(maximumLength: 20)) { $0.name() }
        let preset = keyed[.preset]?.choice(CNIPerformance.Preset.self)
        let conflist = keyed[.conflist]?.string("the path of a CNI conflist")
        let fabric = keyed.read(.fabric, default: .routes) { $0.choice(CNIPerformance.Fabric.self) }
        let mtu = keyed[.mtu]?.integer(in: 576...65_535)

        switch (keyed[.preset], keyed[.conflist]) {
        case (let preset?, _?):
            preset.fail("a network has a preset or a conflist, not both; remove one of them")
        case (_?, nil):
            keyed[.fabric]?.fail("a preset brings its fabric along; remove this key, or use a conflist")
        case (nil, nil):
            let presets = CNIPerformance.Preset.allCases.map(\.rawValue).joined(separator: ", ")
            keyed.failMissing(.preset, "a network needs a preset (\(presets)) or a conflist")
        case (nil, _?): break
        }
        guard let name, let fabric else { return nil }
        if let preset {
            self.init(name: name, source: .preset(preset), mtu: mtu)
        } else if let conflist {
            self.init(name: name, source: .conflist(path: conflist, fabric: fabric), mtu: mtu)
        } else {
            return nil
        }
    }

    /// The largest MTU that an overlay leaves to pods; nil where there is no overlay.
    ///
    /// VXLAN adds 50 bytes over IPv4 and 70 over IPv6 (RFC 7348), and no link of Linux carries more than 65,535.
    func largestMTU(families: [IPAddress.Family]) -> Int? {
        let overhead = families.contains(.ipv4) ? 50 : 70
        switch source {
        case .preset(.bridgeVXLAN), .conflist(_, .vxlan): return 65_535 - overhead
        case .preset(.bridge), .preset(.ptp), .conflist(_, .routes): return nil
        }
    }

    var canonical: CanonicalValue {
        var values: [String: CanonicalValue?] = ["name": .string(name), "mtu": mtu.map { .integer($0) }]
        switch source {
        case .preset(let preset): values["preset"] = .string(preset.rawValue)
        case .conflist(let path, let fabric):
            values["conflist"] = .string(path)
            values["fabric"] = .string(fabric.rawValue)
        }
        return .object(present: values)
    }
}
