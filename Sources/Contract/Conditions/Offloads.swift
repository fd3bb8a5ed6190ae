/// Turns work of an interface on or off that the kernel leaves to the device, or puts off: segmentation, aggregation, checksums.
public struct Offloads: Condition, Hashable {
    /// The word in a plan.
    public static let kind = "offloads"

    /// Whether each is on, by the kernel's name such as `tx-tcp-segmentation`, or a short one of ``groups``.
    public var features: [String: Bool]
    /// The interface in the namespace of the agent.
    public var interface: String
    /// What the interface had, as an agent told that is gone: it is put back, and nothing else is done.
    public var restoring: String?

    /// The name of the text in which an agent tells what the interface had.
    public static let artifact = "offloads-before.txt"

    /// The most features that are changed at once: a kernel knows about 60.
    public static let limit = 64

    /// Short names as ethtool(8) has them, and what each stands for.
    public static let groups: [String: [String]] = [
        "tso": [
            "tx-tcp-segmentation", "tx-tcp-ecn-segmentation", "tx-tcp-mangleid-segmentation", "tx-tcp6-segmentation",
        ],
        "gso": ["tx-generic-segmentation"],
        "gro": ["rx-gro"],
        "lro": ["rx-lro"],
        "sg": ["tx-scatter-gather", "tx-scatter-gather-fraglist"],
        "tx-checksum": [
            "tx-checksum-ipv4", "tx-checksum-ip-generic", "tx-checksum-ipv6", "tx-checksum-fcoe-crc",
            "tx-checksum-sctp",
        ],
    ]

    /// Offloads of an interface.
    public init(_ features: [String: Bool], interface: String = "eth0", restoring: String? = nil) {
        self.features = features
        self.interface = interface
        self.restoring = restoring
    }

    /// The kernel's names that a name stands for.
    public static func members(of name: String) -> [String] { groups[name] ?? [name] }

    /// Such as `eth0 with gro on and tso off`.
    public var words: String {
        let parts = features.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value ? "on" : "off")" }
        return "\(interface) with \(parts.joined(separator: " and "))"
    }

    /// Puts back what was told; where nobody told anything, nothing was changed.
    public func remedy(told artifacts: [Artifact]) -> any Condition {
        Offloads(
            features, interface: interface,
            restoring: artifacts.first { $0.name == Self.artifact }?.text ?? "")
    }

    /// Finds the first setting that cannot be carried out.
    public func validate() throws(PlanError) {
        try InterfaceName.validate(interface, at: "probe.interface")
        guard (1...Self.limit).contains(features.count) else {
            throw PlanError(
                path: "probe.features", reason: "expected 1 to \(Self.limit) offloads, found \(features.count)")
        }
        for name in features.keys.sorted() {
            guard Self.isName(name) else {
                throw PlanError(
                    path: "probe.features", reason: "expected names such as tso or rx-gro, found \(name)")
            }
            let group = features.keys.sorted().first { $0 != name && Self.members(of: $0).contains(name) }
            if let group {
                throw PlanError(
                    path: "probe.features", reason: "\(name) is a part of \(group); leave one of the two out")
            }
        }
    }

    /// Lower-case letters, digits and dashes, as the kernel's names are; shorter than `ETH_GSTRING_LEN`.
    private static func isName(_ name: String) -> Bool {
        (2...31).contains(name.utf8.count)
            && name.utf8.allSatisfy {
                ($0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z"))
                    || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9"))
                    || $0 == UInt8(ascii: "-")
            }
    }
}
