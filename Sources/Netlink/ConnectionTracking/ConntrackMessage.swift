import CLibnl
import Quantities

/// Requests to the connection tracker, and what it answers, as bytes; pure.
package enum ConntrackMessage {
    /// The states of a connection that both ends spoke on and that is not forgotten for others, in no other state ever.
    ///
    /// IPS_CONFIRMED has to be said, since the kernel refuses a request that would take it away.
    static let status =
        IPS_SEEN_REPLY.rawValue | IPS_ASSURED.rawValue | IPS_CONFIRMED.rawValue | IPS_FIXED_TIMEOUT.rawValue

    /// `struct nfgenmsg`.
    static let headerLength = 4

    static func type(_ command: cntl_msg_types) -> UInt16 {
        // nfnetlink has the subsystem in the upper byte of the type.
        UInt16(NFNL_SUBSYS_CTNETLINK) << 8 | UInt16(command.rawValue)
    }

    static func header(_ writer: inout MessageWriter, family: IPAddress.Family? = nil) {
        let number = family.map { $0 == .ipv4 ? AF_INET : AF_INET6 } ?? AF_UNSPEC
        writer.append(UInt8(number))
        writer.append(UInt8(NFNETLINK_V0))
        writer.append(UInt16(0))
    }

    /// IPCTNL_MSG_CT_NEW, refused where the tracker has such a connection already.
    static func write(_ entry: ConntrackEntry, to writer: inout MessageWriter, flags: Int32, sequence: UInt32) {
        writer.message(type: type(IPCTNL_MSG_CT_NEW), flags: flags | NLM_F_CREATE | NLM_F_EXCL, sequence: sequence) {
            header(&$0, family: entry.source.family)
            $0.nested(Int(CTA_TUPLE_ORIG.rawValue)) {
                tuple(entry.source, entry.sourcePort, entry.destination, entry.destinationPort, to: &$0)
            }
            $0.nested(Int(CTA_TUPLE_REPLY.rawValue)) {
                tuple(entry.destination, entry.destinationPort, entry.source, entry.sourcePort, to: &$0)
            }
            $0.attribute(Int(CTA_STATUS.rawValue), status.bigEndian)
            $0.attribute(Int(CTA_TIMEOUT.rawValue), entry.timeoutSeconds.bigEndian)
            $0.attribute(Int(CTA_MARK.rawValue), entry.mark.bigEndian)
        }
    }

    /// All bits of the mark have to be as they are here.
    static func filter(mark: UInt32, to writer: inout MessageWriter) {
        header(&writer)
        writer.attribute(Int(CTA_MARK.rawValue), mark.bigEndian)
        writer.attribute(Int(CTA_MARK_MASK.rawValue), UInt32.max)
    }

    private static func tuple(
        _ source: CompactAddress, _ sourcePort: UInt16, _ destination: CompactAddress, _ destinationPort: UInt16,
        to writer: inout MessageWriter
    ) {
        let isFour = source.family == .ipv4
        let length = source.family.bits / 8
        writer.nested(Int(CTA_TUPLE_IP.rawValue)) {
            $0.attribute(Int((isFour ? CTA_IP_V4_SRC : CTA_IP_V6_SRC).rawValue), source, length: length)
            $0.attribute(Int((isFour ? CTA_IP_V4_DST : CTA_IP_V6_DST).rawValue), destination, length: length)
        }
        writer.nested(Int(CTA_TUPLE_PROTO.rawValue)) {
            $0.attribute(Int(CTA_PROTO_NUM.rawValue), UInt8(IPPROTO_UDP))
            $0.attribute(Int(CTA_PROTO_SRC_PORT.rawValue), sourcePort.bigEndian)
            $0.attribute(Int(CTA_PROTO_DST_PORT.rawValue), destinationPort.bigEndian)
        }
    }

    /// What IPCTNL_MSG_CT_GET_STATS says; nil without the limit, which kernels before 4.18 do not tell.
    package static func counts(_ body: UnsafeRawBufferPointer) -> ConntrackCounts? {
        let numbers = numbers(body)
        guard let entries = numbers[Int(CTA_STATS_GLOBAL_ENTRIES.rawValue)],
            let limit = numbers[Int(CTA_STATS_GLOBAL_MAX_ENTRIES.rawValue)]
        else { return nil }
        return ConntrackCounts(entries: Int(entries), limit: Int(limit))
    }

    /// What IPCTNL_MSG_CT_GET_STATS_CPU says of one processor.
    package static func losses(_ body: UnsafeRawBufferPointer) -> ConntrackLosses {
        let numbers = numbers(body)
        return ConntrackLosses(
            dropped: UInt64(numbers[Int(CTA_STATS_DROP.rawValue)] ?? 0),
            evicted: UInt64(numbers[Int(CTA_STATS_EARLY_DROP.rawValue)] ?? 0))
    }

    private static func numbers(_ body: UnsafeRawBufferPointer) -> [Int: UInt32] {
        guard body.count > headerLength else { return [:] }
        let attributes = AttributeReader(UnsafeRawBufferPointer(rebasing: body[headerLength...]))
        return attributes.reduce(into: [:]) { numbers, attribute in
            numbers[attribute.type] = attribute.number(UInt32.self).map(UInt32.init(bigEndian:))
        }
    }
}
