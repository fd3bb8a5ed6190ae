import CLibnl

/// Features of interfaces as the generic netlink family `ethtool` writes and takes them (ethtool-netlink, `FEATURES_GET` and `SET`).
package enum OffloadMessage {
    /// Names of features as the kernel keeps them are shorter than this (`ETH_GSTRING_LEN`).
    static let nameLimit = 32

    /// Asks for the features of an interface.
    package static func get(_ index: Int, to writer: inout MessageWriter) {
        GenericMessage.header(ETHTOOL_MSG_FEATURES_GET, to: &writer)
        writer.nested(ETHTOOL_A_FEATURES_HEADER) { $0.attribute(ETHTOOL_A_HEADER_DEV_INDEX, UInt32(index)) }
    }

    /// Turns features of an interface on and off; those that are not named stay.
    package static func set(_ changes: [String: Bool], ofLinkWithIndex index: Int, to writer: inout MessageWriter) {
        GenericMessage.header(ETHTOOL_MSG_FEATURES_SET, to: &writer)
        writer.nested(ETHTOOL_A_FEATURES_HEADER) { header in
            header.attribute(ETHTOOL_A_HEADER_DEV_INDEX, UInt32(index))
            // What became of it is read afterwards.
            header.attribute(ETHTOOL_A_HEADER_FLAGS, UInt32(ETHTOOL_FLAG_OMIT_REPLY))
        }
        writer.nested(ETHTOOL_A_FEATURES_WANTED) { wanted in
            wanted.nested(ETHTOOL_A_BITSET_BITS) { bits in
                for (name, isOn) in changes.sorted(by: { $0.key < $1.key }) {
                    bits.nested(ETHTOOL_A_BITSET_BITS_BIT) { bit in
                        bit.attribute(ETHTOOL_A_BITSET_BIT_NAME, text: name)
                        // A flag is an attribute that holds nothing.
                        if isOn { bit.attribute(ETHTOOL_A_BITSET_BIT_VALUE, bytes: []) }
                    }
                }
            }
        }
    }

    /// The features in a reply, behind its netlink header; nil where a part is missing or not as the kernel writes it.
    package static func state(_ body: UnsafeRawBufferPointer) -> OffloadState? {
        guard let attributes = GenericMessage.attributes(of: body) else { return nil }
        var sets: [Int: Bits] = [:]
        let wanted = [
            ETHTOOL_A_FEATURES_HW, ETHTOOL_A_FEATURES_WANTED, ETHTOOL_A_FEATURES_ACTIVE, ETHTOOL_A_FEATURES_NOCHANGE,
        ]
        for attribute in attributes where wanted.contains(attribute.type) {
            guard let bits = Bits(attribute.payload) else { return nil }
            sets[attribute.type] = bits
        }
        guard let hardware = sets[ETHTOOL_A_FEATURES_HW], !hardware.listed.isEmpty,
            let asked = sets[ETHTOOL_A_FEATURES_WANTED], let active = sets[ETHTOOL_A_FEATURES_ACTIVE],
            let fixed = sets[ETHTOOL_A_FEATURES_NOCHANGE]
        else { return nil }
        return OffloadState(
            known: hardware.listed, changeable: hardware.set.subtracting(fixed.set), wanted: asked.set,
            active: active.set)
    }

    /// A set of named bits, one by one.
    private struct Bits {
        /// The names in it.
        var listed: Set<String> = []
        /// Those of them that are set.
        var set: Set<String> = []

        init?(_ payload: UnsafeRawBufferPointer) {
            // Where there is no mask, only bits that are set are listed.
            let isList = AttributeReader(payload).contains { $0.type == ETHTOOL_A_BITSET_NOMASK }
            guard let bits = AttributeReader(payload).first(where: { $0.type == ETHTOOL_A_BITSET_BITS }) else {
                // An empty set has no bits; any other without them is in a form that was not asked for.
                guard isList, !AttributeReader(payload).contains(where: { $0.type == ETHTOOL_A_BITSET_VALUE }) else {
                    return nil
                }
                return
            }
            for bit in AttributeReader(bits.payload) {
                guard bit.type == ETHTOOL_A_BITSET_BITS_BIT else { return nil }
                var name: String?
                var isSet = isList
                for attribute in AttributeReader(bit.payload) {
                    switch attribute.type {
                    case ETHTOOL_A_BITSET_BIT_NAME: name = attribute.text
                    case ETHTOOL_A_BITSET_BIT_VALUE: isSet = true
                    default: break
                    }
                }
                guard let name, name.utf8.count < OffloadMessage.nameLimit else { return nil }
                // A bit that means nothing any more has an empty name.
                guard !name.isEmpty else { continue }
                listed.insert(name)
                if isSet { set.insert(name) }
            }
        }
    }
}
