import CLibnl
import Quantities

/// Writes requests as the generic netlink family `IPVS` takes them.
///
/// Ports are in network order, everything else in host order; addresses are a union of both families, 16 bytes.
package struct IPVSEncoder {
    /// The number that this kernel gave the family.
    let family: UInt16

    /// An encoder for this number of the family.
    package init(family: UInt16) {
        self.family = family
    }

    /// Appends one message.
    package func append(
        _ request: IPVSRequest, to writer: inout MessageWriter, flags: Int32 = NLM_F_REQUEST, sequence: UInt32
    ) {
        writer.message(type: family, flags: flags, sequence: sequence) { writer in
            GenericMessage.header(Self.command(of: request), to: &writer)
            switch request {
            case .addService(let service), .setService(let service):
                writer.nested(IPVS_CMD_ATTR_SERVICE) { Self.write(service, to: &$0) }
            case .deleteService(let key):
                writer.nested(IPVS_CMD_ATTR_SERVICE) { Self.write(key, to: &$0) }
            case .addDestination(let destination, let key), .setDestination(let destination, let key):
                writer.nested(IPVS_CMD_ATTR_SERVICE) { Self.write(key, to: &$0) }
                writer.nested(IPVS_CMD_ATTR_DEST) { Self.write(destination, isWhole: true, to: &$0) }
            case .deleteDestination(let destination, let key):
                writer.nested(IPVS_CMD_ATTR_SERVICE) { Self.write(key, to: &$0) }
                writer.nested(IPVS_CMD_ATTR_DEST) { Self.write(destination, isWhole: false, to: &$0) }
            case .flush: break
            }
        }
    }

    private static func command(of request: IPVSRequest) -> Int {
        switch request {
        case .addService: IPVS_CMD_NEW_SERVICE
        case .setService: IPVS_CMD_SET_SERVICE
        case .deleteService: IPVS_CMD_DEL_SERVICE
        case .addDestination: IPVS_CMD_NEW_DEST
        case .setDestination: IPVS_CMD_SET_DEST
        case .deleteDestination: IPVS_CMD_DEL_DEST
        case .flush: IPVS_CMD_FLUSH
        }
    }

    /// What tells a service from all others.
    static func write(_ key: IPVSService.Key, to writer: inout MessageWriter) {
        writer.attribute(IPVS_SVC_ATTR_AF, number(of: key.family))
        switch key {
        case .address(let address, let port, let transport):
            writer.attribute(IPVS_SVC_ATTR_PROTOCOL, UInt16(transport))
            writer.attribute(IPVS_SVC_ATTR_ADDR, address, length: 16)
            writer.attribute(IPVS_SVC_ATTR_PORT, port.bigEndian)
        case .mark(let mark, _):
            writer.attribute(IPVS_SVC_ATTR_FWMARK, mark)
        }
    }

    private static func write(_ service: IPVSService, to writer: inout MessageWriter) {
        write(service.key, to: &writer)
        writer.attribute(IPVS_SVC_ATTR_SCHED_NAME, text: service.scheduler)
        // Every flag is said, those that are not set, too.
        writer.attribute(IPVS_SVC_ATTR_FLAGS, service.flags.rawValue, UInt32.max)
        writer.attribute(IPVS_SVC_ATTR_TIMEOUT, service.persistenceSeconds)
        // Persistence by single addresses: a mask for IPv4, a prefix length for IPv6. 0 would mean all clients are one.
        writer.attribute(IPVS_SVC_ATTR_NETMASK, service.key.family == .ipv4 ? UInt32.max : 128)
    }

    private static func write(_ destination: IPVSDestination, isWhole: Bool, to writer: inout MessageWriter) {
        writer.attribute(IPVS_DEST_ATTR_ADDR, destination.address, length: 16)
        writer.attribute(IPVS_DEST_ATTR_PORT, destination.port.bigEndian)
        // From Linux 3.18 on; without it a destination is of its service's family.
        writer.attribute(IPVS_DEST_ATTR_ADDR_FAMILY, number(of: destination.address.family))
        guard isWhole else { return }
        writer.attribute(IPVS_DEST_ATTR_FWD_METHOD, destination.forwarding.rawValue)
        writer.attribute(IPVS_DEST_ATTR_WEIGHT, destination.weight)
        writer.attribute(IPVS_DEST_ATTR_U_THRESH, destination.upperThreshold)
        writer.attribute(IPVS_DEST_ATTR_L_THRESH, destination.lowerThreshold)
    }

    private static func number(of family: IPAddress.Family) -> UInt16 {
        UInt16(family == .ipv4 ? AF_INET : AF_INET6)
    }
}
