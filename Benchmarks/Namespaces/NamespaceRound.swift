import LinuxHost
import Netlink
import Quantities

/// One round: a hub, and namespaces that hang on it by a veth pair each.
///
/// The hub is a namespace, too: the host's own network is never touched.
struct NamespaceRound: Sendable {
    /// How far the setting up goes.
    enum Depth: String, Sendable, CaseIterable {
        /// Namespace, veth pair, address on the hub's end, hub's end up: all that one batch of `ip` can do.
        case hubEnd = "the hub's end addressed and up"
        /// The same for the end inside; `ip` has to enter each namespace for it.
        case bothEnds = "both ends addressed and up"
    }

    static let count = 100

    let hub = BenchmarkNamespaces.name("hub")
    let names = (0..<count).map { BenchmarkNamespaces.name("\($0)") }

    /// The two addresses of a pair: a /30 of its own.
    static func addresses(_ index: Int) throws -> (hub: CIDR, inner: CIDR) {
        let third = index / 64
        let fourth = index % 64 * 4
        return (
            hub: try CIDR(parsing: "10.232.\(third).\(fourth + 1)/30"),
            inner: try CIDR(parsing: "10.232.\(third).\(fourth + 2)/30")
        )
    }

    /// Looks into the kernel whether all that was to be made is there: what is not right must not have a time.
    func verify(_ depth: Depth) throws {
        let socket = try NetlinkSocket(in: try NetworkNamespace.open(named: hub))
        let links = try socket.links().filter { $0.name.hasPrefix("v") && $0.isUp }
        guard links.count == Self.count else {
            throw BenchmarkError("\(links.count) of \(Self.count) pairs are up; run `ip -n \(hub) link`")
        }
        for (index, name) in names.enumerated() {
            let addresses = try Self.addresses(index)
            var isRight = try socket.addresses(of: "v\(index)").contains(addresses.hub)
            if depth == .bothEnds {
                let inner = try NetlinkSocket(in: try NetworkNamespace.open(named: name))
                let isUp = try inner.link(named: "eth0")?.isUp == true
                isRight = try isRight && isUp && inner.addresses(of: "eth0").contains(addresses.inner)
            }
            guard isRight else { throw BenchmarkError("\(name) is not what was to be made") }
        }
    }

    /// Removes the namespaces and waits until the kernel has done so, which it does later and in the way of others.
    func tearDown() async throws {
        for name in names { try NetworkNamespace.remove(named: name) }
        let socket = try NetlinkSocket(in: try NetworkNamespace.open(named: hub))
        let end = ContinuousClock.now + .seconds(30)
        while try socket.links().count > 1 {
            guard ContinuousClock.now < end else { throw BenchmarkError("the pairs are still there after 30 s") }
            try await Task.sleep(for: .milliseconds(20))
        }
        try await Task.sleep(for: .milliseconds(50))
    }
}
