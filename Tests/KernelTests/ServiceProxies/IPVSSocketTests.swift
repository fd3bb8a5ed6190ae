import Glibc
import LinuxHost
import Netlink
import Quantities
import TestSupport
import Testing

@Suite(
    "IPVS over netlink", .serialized,
    .enabled(if: IPVSSetting.isThere, Comment(rawValue: IPVSSetting.reason)), .leavesNothing("ipvs")
)
struct IPVSSocketTests {
    private func withSocket(_ body: (IPVSSocket, NetlinkSocket) throws -> Void) throws {
        try ScratchNamespace.with("ipvs") { namespace, _ in
            let route = try NetlinkSocket(in: namespace)
            try route.setUp("lo")
            try body(try IPVSSocket(in: namespace), route)
        }
    }

    private func key(_ index: Int, port: UInt16 = 80) -> IPVSService.Key {
        .address(CompactAddress(ipv4: 0x0A60_0001 + UInt32(index)), port: port, transport: 6)
    }

    @Test("services of every shape are read back as they were added")
    func services() throws {
        try withSocket { socket, route in
            try route.addAddress(try CIDR(parsing: "fd00::1/64"), to: "lo")
            let six = CompactAddress(try IPAddress(parsing: "fd00::10"))
            let services = [
                IPVSService(key(0)),
                IPVSService(key(1), scheduler: "wrr", flags: .persistent, persistenceSeconds: 10_800),
                IPVSService(.address(CompactAddress(ipv4: 1 << 24 | 5), port: 53, transport: 17), flags: .onePacket),
                IPVSService(.address(six, port: 443, transport: 6)),
                IPVSService(.mark(77, .ipv4), scheduler: "lc"),
            ]
            for service in services { try socket.perform(.addService(service)) }
            #expect(Set(try socket.services()) == Set(services))
            for service in services { #expect(try socket.service(service.key) == service) }
            var changed = services[0]
            changed.scheduler = "sh"
            changed.flags = .persistent
            changed.persistenceSeconds = 60
            try socket.perform(.setService(changed))
            #expect(try socket.service(changed.key) == changed)
            for service in services { try socket.perform(.deleteService(service.key)) }
            #expect(try socket.services().isEmpty)
            #expect(try socket.service(services[0].key) == nil)
        }
    }

    @Test("destinations of every shape are read back as they were added")
    func destinations() throws {
        try withSocket { socket, _ in
            try socket.perform(.addService(IPVSService(key(0))))
            var destinations = IPVSForwarding.allCases.filter { $0 == .masquerade || $0 == .directRoute }.enumerated()
                .map {
                    IPVSDestination(
                        CompactAddress(ipv4: 0x0A80_0001 + UInt32($0.offset)), port: 80, forwarding: $0.element,
                        weight: 7,
                        upperThreshold: 100, lowerThreshold: 50)
                }
            for destination in destinations { try socket.perform(.addDestination(destination, of: key(0))) }
            #expect(Set(try socket.destinations(of: key(0))) == Set(destinations))
            destinations[0].weight = 0
            try socket.perform(.setDestination(destinations[0], of: key(0)))
            #expect(Set(try socket.destinations(of: key(0))) == Set(destinations))
            try socket.perform(.deleteDestination(destinations[1], of: key(0)))
            #expect(try socket.destinations(of: key(0)) == [destinations[0]])
        }
    }

    @Test("refusals in the middle of many requests are told by their index, and all others are made")
    func refusals() throws {
        for shape in [PipelineShape(), PipelineShape(acknowledgesEach: true), PipelineShape(batchBytes: 1)] {
            try withSocket { socket, _ in
                var requests: [IPVSRequest] = []
                for index in 0..<3_000 {
                    // Every seventh comes a second time.
                    requests.append(.addService(IPVSService(key(index % 7 == 6 ? index - 1 : index))))
                }
                let outcome = try socket.send(requests, shape: shape)
                #expect(outcome.requests == 3_000)
                #expect(outcome.refusals.map(\.index) == Array(stride(from: 6, to: 3_000, by: 7)))
                #expect(outcome.refusals.allSatisfy { $0.error.errno == EEXIST })
                #expect(outcome.refusals.first?.error.object == "TCP 10.96.0.6:80 rr")
                #expect(try socket.services().count == 3_000 - outcome.refusals.count)
            }
        }
    }

    @Test("when all of many requests are refused no answer is lost")
    func allRefused() throws {
        try withSocket { socket, _ in
            let requests = (0..<20_000).map { IPVSRequest.deleteService(key($0)) }
            let outcome = try socket.send(requests)
            #expect(outcome.refusals.count == 20_000)
            #expect(outcome.refusals.allSatisfy { $0.error.errno == ESRCH })
            #expect(try socket.info().version.hasPrefix("1."))
        }
    }

    @Test("a scheduler that no kernel has is refused, and says which module it takes")
    func scheduler() throws {
        try withSocket { socket, _ in
            let error = #expect(throws: NetlinkError.self) {
                try socket.perform(.addService(IPVSService(key(0), scheduler: "never-was")))
            }
            #expect(error?.errno == ENOENT)
            #expect(error?.hint.contains("ip_vs_NAME") == true)
        }
    }

    @Test("thousands of addresses are added and deleted many at a time, and a twin is told by its index")
    func addresses() throws {
        try withSocket { _, route in
            try route.add(Link(name: "many", kind: .other("dummy")))
            var addresses = (0..<2_000).map { CompactAddress(ipv4: 0x0A60_0001 + UInt32($0)) }
            addresses[1_500] = addresses[3]
            let added = try route.addAddresses(addresses, to: "many")
            #expect(added.refusals.map(\.index) == [1_500])
            #expect(added.refusals.first?.error.errno == EEXIST)
            #expect(try route.addresses(of: "many").count == 1_999)
            let deleted = try route.deleteAddresses(addresses, from: "many")
            #expect(deleted.refusals.map(\.index) == [1_500])
            #expect(try route.addresses(of: "many").isEmpty)
        }
    }
}
