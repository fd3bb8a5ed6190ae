import ContainerNetworking
import Glibc
import LinuxHost
import Processes
import Quantities
import TestSupport
import Testing

@Suite(
    "Real CNI plugins", .serialized, .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)),
    .enabled(
        if: ContainerNetworkingBench.arePluginsPresent,
        Comment(rawValue: ContainerNetworkingBench.pluginsReason)
    ),
    .leavesNothing("cni")
)
struct ContainerNetworkingPluginTests {
    struct Network: Sendable, CustomTestStringConvertible {
        let name: String
        let plugins: String
        var version = "1.0.0"
        let addresses: [String]
        var mtu: Int64 = 1500
        var testDescription: String { name }
    }

    private static let ipv4 = #""ipam":{"type":"host-local","dataDir":"LEASES","ranges":[[{"subnet":"10.77.0.0/24"}]]}"#
    private static let bridge = #"{"type":"bridge","bridge":"nmxbr0","isGateway":true,\#(ipv4)}"#

    static let networks = [
        Network(
            name: "bridge with both families",
            plugins: """
                {"type":"bridge","bridge":"nmxbr0","isGateway":true,"mtu":1400,"ipam":{"type":"host-local",
                 "dataDir":"LEASES","ranges":[[{"subnet":"10.77.0.0/24"}],[{"subnet":"fd77::/64"}]],
                 "routes":[{"dst":"0.0.0.0/0"},{"dst":"::/0"}]}}
                """,
            addresses: ["10.77.0.2/24", "fd77::2/64"],
            mtu: 1400
        ),
        Network(
            name: "bridge and tuning, chained",
            plugins: #"\#(bridge),{"type":"tuning","mtu":1300}"#,
            addresses: ["10.77.0.2/24"],
            mtu: 1300
        ),
        Network(name: "ptp", plugins: #"{"type":"ptp",\#(ipv4)}"#, addresses: ["10.77.0.2/24"]),
        Network(
            name: "ptp in version 0.4.0",
            plugins: #"{"type":"ptp",\#(ipv4)}"#,
            version: "0.4.0",
            addresses: ["10.77.0.2/24"]
        ),
    ]

    @Test("ADD makes what its result says, CHECK agrees, and DEL leaves nothing", arguments: networks)
    func attachesAndDetaches(network: Network) async throws {
        try await ContainerNetworkingBench.with { bench, pods in
            let list = try bench.list(network.plugins, version: network.version)
            let runtime = bench.runtime()
            #expect(runtime.missingPlugins(in: list).isEmpty)
            let result = try await runtime.add(list, pods[0])
            #expect(result.containerAddresses.map(\.description) == network.addresses)

            let link = try await ContainerNetworkingBench.ip(pods[0].namespacePath, "address", "show", "dev", "eth0")
            let real = link.array?.first?["addr_info"]?.array?.filter { $0["scope"]?.string == "global" } ?? []
            let found = real.map { "\($0["local"]?.string ?? "")/\($0["prefixlen"]?.text ?? "")" }
            #expect(Set(found) == Set(network.addresses))
            #expect(link.array?.first?["mtu"] == .integer(network.mtu))
            #expect(bench.leasedAddresses().count == network.addresses.count)
            try await runtime.check(list, pods[0])

            try await runtime.delete(list, pods[0])
            let left = try await ContainerNetworkingBench.ip(pods[0].namespacePath, "link", "show")
            #expect(left.array?.compactMap { $0["ifname"]?.string }.contains("eth0") == false)
            #expect(bench.leasedAddresses().isEmpty)
            #expect(try runtime.cachedAttachments().isEmpty)
            // Deleting again must be harmless.
            try await runtime.delete(list, pods[0])
        }
    }

    @Test("two pods on a bridge reach each other")
    func connectsPods() async throws {
        try await ContainerNetworkingBench.with(pods: 2) { bench, pods in
            let list = try bench.list(Self.bridge)
            let runtime = bench.runtime()
            var addresses: [IPAddress] = []
            for pod in pods {
                let result = try await runtime.add(list, pod)
                addresses.append(try #require(result.containerAddresses.first).address)
            }
            let receiver = try Self.socket(in: pods[1], boundTo: addresses[1])
            defer { close(receiver) }
            let sender = try Self.socket(in: pods[0], boundTo: addresses[0])
            defer { close(sender) }
            #expect(Self.send("hello", from: sender, to: addresses[1]) == 5)
            #expect(Self.receive(receiver) == "hello")
            for pod in pods { try await runtime.delete(list, pod) }
            #expect(bench.leasedAddresses().isEmpty)
        }
    }

    @Test("CHECK finds an address that somebody removed")
    func findsLostAddress() async throws {
        try await ContainerNetworkingBench.with { bench, pods in
            let list = try bench.list(Self.bridge)
            _ = try await bench.runtime().add(list, pods[0])
            _ = try await ContainerNetworkingBench.ip(pods[0].namespacePath, "address", "flush", "dev", "eth0")
            let error = await #expect(throws: CNIError.self) { try await bench.runtime().check(list, pods[0]) }
            #expect(error?.kind == .refused)
            #expect(error?.plugin == "bridge")
            try await bench.runtime().delete(list, pods[0])
        }
    }

    @Test("a chain that fails at its second plugin gives the interface and the lease back")
    func undoesFailedChain() async throws {
        try await ContainerNetworkingBench.with { bench, pods in
            let list = try bench.list(#"\#(Self.bridge),{"type":"tuning","sysctl":{"net.nmx.nonsense":"1"}}"#)
            let error = await #expect(throws: CNIError.self) { try await bench.runtime().add(list, pods[0]) }
            #expect(error?.kind == .refused)
            #expect(error?.plugin == "tuning")
            let left = try await ContainerNetworkingBench.ip(pods[0].namespacePath, "link", "show")
            #expect(left.array?.compactMap { $0["ifname"]?.string }.contains("eth0") == false)
            #expect(bench.leasedAddresses().isEmpty)
            #expect(try bench.runtime().cachedAttachments().isEmpty)
        }
    }

    @Test("a network without free addresses is refused in the plugin's words")
    func tellsExhaustedRange() async throws {
        try await ContainerNetworkingBench.with(pods: 2) { bench, pods in
            let list = try bench.list(
                """
                {"type":"bridge","bridge":"nmxbr0","ipam":{"type":"host-local","dataDir":"LEASES",
                 "ranges":[[{"subnet":"10.77.0.0/24","rangeStart":"10.77.0.9","rangeEnd":"10.77.0.9"}]]}}
                """
            )
            _ = try await bench.runtime().add(list, pods[0])
            let error = await #expect(throws: CNIError.self) { try await bench.runtime().add(list, pods[1]) }
            #expect(error?.kind == .refused)
            #expect(error?.msg.contains("no IP addresses available") == true)
            try await bench.runtime().delete(list, pods[0])
            #expect(bench.leasedAddresses().isEmpty)
        }
    }

    @Test("a node whose namespace is gone is told by nsenter's words")
    func tellsMissingNode() async throws {
        try await ContainerNetworkingBench.with { bench, pods in
            try NetworkNamespace.remove(named: bench.node)
            let list = try bench.list(Self.bridge)
            let error = await #expect(throws: CNIError.self) { try await bench.runtime().add(list, pods[0]) }
            #expect(error?.kind == .failedWithoutError)
            #expect(error?.description.contains(bench.node) == true)
        }
    }

    @Test("the real plugins tell their versions")
    func asksVersions() async throws {
        try await ContainerNetworkingBench.with { bench, _ in
            let versions = try await bench.runtime().version(of: "bridge")
            #expect(versions.contains("1.0.0"))
        }
    }

    private static func socket(
        in pod: ContainerNetworking.Attachment,
        boundTo address: IPAddress
    ) throws -> Int32 {
        let namespace = try NetworkNamespace.open(path: pod.namespacePath)
        let descriptor = try namespace.run { () -> Int32 in
            let descriptor = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
            var patience = timeval(tv_sec: 10, tv_usec: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
            return withSocketAddress(address) { bind(descriptor, $0, $1) } == 0 ? descriptor : -1
        }
        return try #require(descriptor >= 0 ? descriptor : nil)
    }

    private static func send(_ text: String, from descriptor: Int32, to address: IPAddress) -> Int {
        withSocketAddress(address) { target, length in
            sendto(descriptor, text, text.utf8.count, 0, target, length)
        }
    }

    private static func receive(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : ""
    }

    private static func withSocketAddress<R>(
        _ address: IPAddress,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> R
    ) -> R {
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_port = UInt16(7077).bigEndian
        target.sin_addr.s_addr = address.bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }
        return withUnsafePointer(to: &target) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
