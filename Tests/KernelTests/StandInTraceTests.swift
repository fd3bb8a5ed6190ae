import Contract
import LinuxHost
import Netlink
import Quantities
import TestSupport
import Testing

@testable import ServiceLab

/// What a place stands in for, in a namespace of the test's own.
@Suite(
    "Standing in for more", .serialized, .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)),
    .leavesNothing("standin"))
struct StandInTraceTests {
    private static let outside = IPAddress(192, 0, 2, 1)
    private static let other = IPAddress(192, 0, 2, 2)
    private static let gateway = IPAddress(10, 9, 0, 2)

    private func routes(_ socket: NetlinkSocket) throws -> [String] {
        try socket.routes(family: .ipv4).map { "\($0)" }.sorted()
    }

    private func everything(_ socket: NetlinkSocket, _ namespace: borrowing NetworkNamespace) throws -> [String] {
        try socket.addresses().map { "\($0)" } + (try routes(socket))
            + [try Sysctl.read("net.ipv4.icmp_ratelimit", in: namespace)]
    }

    @Test(
        "all of it is made and taken away; where a part is there already, the parts before it go again",
        arguments: [false, true])
    func undone(isTaken: Bool) throws {
        try ScratchNamespace.with("standin") { namespace, _ in
            try ScratchNamespace.with("standin") { far, _ in
                let socket = try NetlinkSocket(in: namespace)
                try socket.addVeth(Link(name: "eth0", kind: .veth(peer: "")), in: namespace, peer: "eth0", in: far)
                try socket.addAddress(CIDR(IPAddress(10, 9, 0, 1), clampedPrefixLength: 24), to: "eth0")
                try socket.setUp("lo")
                try socket.setUp("eth0")
                if isTaken {
                    try socket.addRoute(
                        Route(destination: CIDR(Self.other, clampedPrefixLength: 32), gateway: Self.gateway))
                }
                let standIn = StandIn(
                    addresses: [IPAddress(198, 51, 100, 1)],
                    ways: [.init(to: Self.outside, via: Self.gateway), .init(to: Self.other, via: Self.gateway)])
                let before = try everything(socket, namespace)
                let outcome = try namespace.run { () throws(HostError) in
                    Result {
                        let trace = try StandInTrace()
                        try trace.make(standIn)
                        #expect(try routes(socket).count > 2)
                        try trace.undo(standIn)
                    }
                }
                switch outcome {
                case .success: #expect(!isTaken)
                case .failure(let error): #expect(isTaken && "\(error)".contains("exists"), "\(error)")
                }
                #expect(try everything(socket, namespace) == before)
            }
        }
    }
}
