import LinuxHost
import Netlink
import Processes

/// A lab of four nodes with a pod each, in which faults are made and a watch looks for them.
struct DrillLab: Sendable {
    /// Four, so that three others see each node: two would each look as much at fault as the other.
    static let nodes = 4
    /// The preset that pods are attached by.
    static let network = "bridge"

    /// The lab's name; one lab of this name is up at a time.
    private static let name = "drills"

    let program: String
    /// Where the runs of the watch are stored.
    let database: String
    /// The end of each pod's link that lies on its node.
    private(set) var ports: [String] = []

    /// Brings the lab up; ``down()`` removes it, also one that a killed process left.
    static func up(_ program: String, database: String) async throws -> DrillLab {
        var lab = DrillLab(program: program, database: database)
        try? await lab.down()
        try await lab.run(
            ["lab", "up", "--name", name, "--networks", network, "--nodes", "\(nodes)", "--pods", "1"] + lab.stored)
        for node in 0..<nodes {
            let links = try NetlinkSocket(in: NetworkNamespace.open(named: lab.namespace(.node(node)))).links()
            guard let port = links.first(where: { $0.name != "eth0" && $0.master != nil }) else {
                throw BenchmarkError("node \(node) of the lab has no link to its pod: \(links.map(\.name))")
            }
            lab.ports.append(port.name)
        }
        return lab
    }

    func down() async throws {
        try await run(["lab", "down", "--name", Self.name] + stored)
    }

    /// Watches the lab as a file says; what was found ends it with 1, which is no failure.
    func watch(_ file: String, plots: String, deadline: Duration) async throws {
        let words = ["run", file, "--lab", Self.name, "--plots", plots] + stored
        let output = try await ProcessRunner.run(Command(executable: program, arguments: words), deadline: deadline)
        guard output.status != .exited(1) else { return }
        try output.requireSuccess()
    }

    private var stored: [String] { ["--database", database] }

    private func run(_ words: [String]) async throws {
        try await ProcessRunner.run(Command(executable: program, arguments: words), deadline: .seconds(60))
            .requireSuccess()
    }

    // MARK: Places

    /// Where something is done.
    enum Place: Sendable, Hashable {
        case node(Int)
        /// The pod of a node.
        case pod(Int)
        /// What joins the nodes: a port there is called as its node.
        case fabric
    }

    func namespace(_ place: Place) -> String {
        let beginning = "nm-lab_\(Self.name)-\(Self.network)-"
        return switch place {
        case .node(let node): "\(beginning)node\(node)"
        case .pod(let node): "\(beginning)node\(node)-pod0"
        case .fabric: "\(beginning)fabric"
        }
    }

    /// All places with an agent, in the order of a watch's map: nodes first.
    static var agents: [Place] { (0..<nodes).map(Place.node) + (0..<nodes).map(Place.pod) }

    /// The number of a pod's place on the map.
    static func spot(ofPod node: Int) -> Int { nodes + node }

    /// The node's own address.
    static func address(_ node: Int) -> String { "172.30.0.\(node + 1)" }
    /// The addresses of the node's pods.
    static func pods(_ node: Int) -> String { "10.244.\(node).0/24" }
    /// Where the node's pods send what leaves them.
    static func gateway(_ node: Int) -> String { "10.244.\(node).1" }

    /// Runs a program at a place.
    func run(_ words: [String], at place: Place) async throws {
        let path = NetworkNamespace.path(named: namespace(place))
        let command = Command(executable: "nsenter", arguments: ["--net=\(path)", "--"] + words)
        try await ProcessRunner.run(command, deadline: .seconds(20)).requireSuccess()
    }
}
