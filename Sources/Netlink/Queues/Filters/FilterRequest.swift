import CLibnl

/// A rule that says where packets go that match.
public struct FilterRequest: Sendable, Hashable {
    /// Where they go.
    public enum Verdict: Sendable, Hashable {
        /// Into a class of the discipline; where packets arrive, on as if nothing were there.
        case classify(UInt32)
        /// Out of the link with this number, instead of on.
        case redirect(linkIndex: Int)
    }

    /// The number of the link.
    public var linkIndex: Int
    /// The number of the discipline that it belongs to.
    public var parent: UInt32
    /// Rules with a smaller number are asked first; each has its own.
    public var preference: UInt16
    /// Which packets.
    public var match: PacketMatch
    /// Where they go.
    public var verdict: Verdict

    /// A rule.
    public init(linkIndex: Int, parent: UInt32, preference: UInt16, match: PacketMatch, verdict: Verdict) {
        self.linkIndex = linkIndex
        self.parent = parent
        self.preference = preference
        self.match = match
        self.verdict = verdict
    }

    static let kind = "flower"

    var words: RequestWords {
        RequestWords(
            operation: "add filter",
            object: "\(preference) to \(QueueHandle.words(parent)) of link \(linkIndex)", hint: QueueHint.hint(for:))
    }

    func write(to writer: inout MessageWriter) {
        TrafficControlHeader(
            linkIndex: linkIndex, handle: 0, parent: parent,
            info: UInt32(preference) << 16 | UInt32(match.etherType.bigEndian)
        ).write(to: &writer)
        writer.attribute(Int(TCA_KIND), text: Self.kind)
        writer.nested(Int(TCA_OPTIONS)) { writer in
            match.write(to: &writer)
            switch verdict {
            case .classify(let handle): writer.attribute(Int(TCA_FLOWER_CLASSID), handle)
            case .redirect(let target):
                writer.nested(Int(TCA_FLOWER_ACT)) { $0.nested(1) { Self.writeRedirect(to: target, &$0) } }
            }
            writer.attribute(Int(TCA_FLOWER_FLAGS), UInt32(0))
        }
    }

    /// `struct tc_mirred`: the packet is taken out of its way and leaves by another link.
    private static func writeRedirect(to target: Int, _ writer: inout MessageWriter) {
        writer.attribute(Int(TCA_ACT_KIND), text: "mirred")
        writer.nested(Int(TCA_ACT_OPTIONS)) { writer in
            var content = MessageWriter()
            for number in [0, 0, TC_ACT_STOLEN, 0, 0, TCA_EGRESS_REDIR, Int32(truncatingIfNeeded: target)] {
                content.append(number)
            }
            writer.attribute(Int(TCA_MIRRED_PARMS), bytes: content.bytes)
        }
    }

    /// Reads a rule of this kind, as the kernel lists it; nil for other kinds, and for the heads that it lists before their rules.
    package init?(_ body: UnsafeRawBufferPointer) {
        guard let header = TrafficControlHeader(body), header.handle != 0 else { return nil }
        let attributes = Array(
            AttributeReader(UnsafeRawBufferPointer(rebasing: body[TrafficControlHeader.size...])))
        guard attributes.first(where: { $0.type == Int(TCA_KIND) })?.text == Self.kind,
            let options = attributes.first(where: { $0.type == Int(TCA_OPTIONS) })?.payload,
            let verdict = Self.verdict(options)
        else { return nil }
        self.init(
            linkIndex: header.linkIndex, parent: header.parent, preference: UInt16(header.info >> 16),
            match: PacketMatch(
                etherType: UInt16(bigEndian: UInt16(truncatingIfNeeded: header.info)), options: options),
            verdict: verdict)
    }

    private static func verdict(_ options: UnsafeRawBufferPointer) -> Verdict? {
        for attribute in AttributeReader(options) {
            if attribute.type == Int(TCA_FLOWER_CLASSID), let handle: UInt32 = attribute.number() {
                return .classify(handle)
            }
            guard attribute.type == Int(TCA_FLOWER_ACT) else { continue }
            for action in AttributeReader(attribute.payload) {
                for part in AttributeReader(action.payload) where part.type == Int(TCA_ACT_OPTIONS) {
                    for parameter in AttributeReader(part.payload)
                    where parameter.type == Int(TCA_MIRRED_PARMS) && parameter.payload.count >= 28 {
                        return .redirect(
                            linkIndex: Int(parameter.payload.loadUnaligned(fromByteOffset: 24, as: Int32.self)))
                    }
                }
            }
        }
        return nil
    }
}
