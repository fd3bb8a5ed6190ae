import Contract
import LinuxHost
import Netlink
public import Quantities

/// Addresses and ways of a place that stands in for more than it is, in the network namespace of this process.
public enum StandInNetwork {
    /// The uplink of nodes.
    static let uplink = "eth0"

    /// Makes them, and reads back that they are there; where that fails, what was made of them is taken away again.
    static func make(_ standIn: StandIn) throws(LabError) {
        var made = StandIn()
        do {
            try limitNoErrors()
            try make(standIn, &made)
        } catch {
            try? takeAway(made)
            throw error
        }
    }

    /// Takes addresses and ways away.
    static func takeAway(_ standIn: StandIn) throws {
        let socket = try NetlinkSocket()
        for way in standIn.ways { try socket.deleteRoute(route(way)) }
        for address in standIn.addresses {
            try socket.deleteAddress(CIDR(address, clampedPrefixLength: address.family.bits), from: "lo")
        }
    }

    private static func route(_ way: StandIn.Way) -> Route {
        let destination = CIDR(way.to, clampedPrefixLength: way.to.family.bits)
        return way.via.map { Route(destination: destination, gateway: $0) }
            ?? Route(destination: destination, interface: uplink)
    }

    private static func make(_ standIn: StandIn, _ made: inout StandIn) throws(LabError) {
        guard !standIn.addresses.isEmpty || !standIn.ways.isEmpty else { return }
        do {
            let socket = try NetlinkSocket()
            for address in standIn.addresses {
                try socket.addAddress(CIDR(address, clampedPrefixLength: address.family.bits), to: "lo")
                made.addresses.append(address)
            }
            for way in standIn.ways {
                try socket.addRoute(route(way))
                made.ways.append(way)
            }
            let there = try Set(socket.addresses(of: "lo").map(\.address))
            let ways = try Set(
                socket.routes(family: .ipv4).compactMap(\.destination)
                    + (standIn.ways.contains { $0.to.family == .ipv6 }
                        ? socket.routes(family: .ipv6).compactMap(\.destination) : []))
            let missing =
                standIn.addresses.filter { !there.contains($0) }
                + standIn.ways.map(\.to).filter { !ways.contains(CIDR($0, clampedPrefixLength: $0.family.bits)) }
            guard missing.isEmpty else { throw error("the kernel does not have \(missing)") }
        } catch let error as LabError {
            throw error
        } catch {
            throw Self.error("\(error)")
        }
    }

    /// Every address of the namespace that can be bound by its bytes alone, each once.
    public static func addresses() throws(LabError) -> [IPAddress] {
        do {
            var seen: Set<IPAddress> = []
            // fe80::/10 says nothing without its link.
            return try NetlinkSocket().addresses().map(\.address.address).filter {
                !($0.family == .ipv6 && $0.bytes[0] == 0xFE && $0.bytes[1] & 0xC0 == 0x80) && seen.insert($0).inserted
            }
        } catch {
            throw Self.error("\(error)")
        }
    }

    /// Hosts say that there is no way at most once a second to each other host (`icmp_ratelimit`): more than that would look
    /// like silence.
    private static func limitNoErrors() throws(LabError) {
        do throws(HostError) {
            let namespace = try NetworkNamespace.current()
            try Sysctl.write("net.ipv4.icmp_ratelimit", "0", in: namespace)
            // Where IPv6 is turned off nobody asks for it.
            try? Sysctl.write("net.ipv6.icmp.ratelimit", "0", in: namespace)
        } catch {
            throw Self.error(error.description)
        }
    }

    private static func error(_ cause: String) -> LabError {
        LabError(.system, operation: "make", object: "what the place stands in for", cause: cause)
    }
}
