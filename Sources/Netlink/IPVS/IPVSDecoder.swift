import CLibnl
package import Quantities

/// Reads services and destinations as the family `IPVS` writes them; what cannot be understood is nil.
package enum IPVSDecoder {
    /// The service in a message of a reply, behind `struct genlmsghdr`.
    package static func service(_ body: UnsafeRawBufferPointer) -> IPVSService? {
        guard let attributes = nested(IPVS_CMD_ATTR_SERVICE, in: body) else { return nil }
        var family: IPAddress.Family?
        var transport: UInt16?
        var address: UnsafeRawBufferPointer?
        var port: UInt16?
        var mark: UInt32?
        var service = IPVSService(.mark(0, .ipv4), scheduler: "")
        for attribute in attributes {
            switch attribute.type {
            case IPVS_SVC_ATTR_AF: family = attribute.number().flatMap(Self.family(of:))
            case IPVS_SVC_ATTR_PROTOCOL: transport = attribute.number()
            case IPVS_SVC_ATTR_ADDR: address = attribute.payload
            case IPVS_SVC_ATTR_PORT: port = attribute.number(UInt16.self).map(UInt16.init(bigEndian:))
            case IPVS_SVC_ATTR_FWMARK: mark = attribute.number()
            case IPVS_SVC_ATTR_SCHED_NAME: service.scheduler = attribute.text
            // `struct ip_vs_flags` is the flags, then a mask, which means something in requests only.
            case IPVS_SVC_ATTR_FLAGS:
                service.flags = IPVSServiceFlags(rawValue: attribute.number() ?? 0)
            case IPVS_SVC_ATTR_TIMEOUT: service.persistenceSeconds = attribute.number() ?? 0
            default: break
            }
        }
        guard let family else { return nil }
        if let mark {
            service.key = .mark(mark, family)
        } else if let transport, let address, let port, let address = CompactAddress(family, address) {
            service.key = .address(address, port: port, transport: UInt8(truncatingIfNeeded: transport))
        } else {
            return nil
        }
        return service
    }

    /// The destination in a message of a reply; `family` holds for kernels before 3.18, which do not say it.
    package static func destination(_ body: UnsafeRawBufferPointer, family: IPAddress.Family) -> IPVSDestination? {
        guard let attributes = nested(IPVS_CMD_ATTR_DEST, in: body) else { return nil }
        var family = family
        var address: UnsafeRawBufferPointer?
        var destination = IPVSDestination(CompactAddress(ipv4: 0), port: 0)
        for attribute in attributes {
            switch attribute.type {
            case IPVS_DEST_ATTR_ADDR: address = attribute.payload
            case IPVS_DEST_ATTR_ADDR_FAMILY: family = attribute.number().flatMap(Self.family(of:)) ?? family
            case IPVS_DEST_ATTR_PORT: destination.port = UInt16(bigEndian: attribute.number() ?? 0)
            case IPVS_DEST_ATTR_FWD_METHOD:
                // The kernel keeps bits of its own beside the method.
                guard let method = IPVSForwarding(rawValue: (attribute.number() ?? 0) & 0x7) else { return nil }
                destination.forwarding = method
            case IPVS_DEST_ATTR_WEIGHT: destination.weight = attribute.number() ?? 0
            case IPVS_DEST_ATTR_U_THRESH: destination.upperThreshold = attribute.number() ?? 0
            case IPVS_DEST_ATTR_L_THRESH: destination.lowerThreshold = attribute.number() ?? 0
            default: break
            }
        }
        guard let address, let address = CompactAddress(family, address) else { return nil }
        destination.address = address
        return destination
    }

    /// What the kernel says of itself.
    package static func info(_ body: UnsafeRawBufferPointer) -> IPVSInfo? {
        guard let attributes = GenericMessage.attributes(of: body) else { return nil }
        var version: UInt32?
        var size: UInt32?
        for attribute in attributes {
            switch attribute.type {
            case IPVS_INFO_ATTR_VERSION: version = attribute.number()
            case IPVS_INFO_ATTR_CONN_TAB_SIZE: size = attribute.number()
            default: break
            }
        }
        guard let version, let size else { return nil }
        return IPVSInfo(
            version: "\(version >> 16 & 0xff).\(version >> 8 & 0xff).\(version & 0xff)",
            connectionTableSize: Int(size))
    }

    private static func nested(_ type: Int, in body: UnsafeRawBufferPointer) -> AttributeReader? {
        GenericMessage.attributes(of: body)?.first { $0.type == type }.map { AttributeReader($0.payload) }
    }

    private static func family(of number: UInt16) -> IPAddress.Family? {
        switch Int32(number) {
        case AF_INET: .ipv4
        case AF_INET6: .ipv6
        default: nil
        }
    }
}
