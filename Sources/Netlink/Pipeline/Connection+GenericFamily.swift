import CLibnl

extension Connection {
    /// The number that this kernel gave a family of generic netlink (`CTRL_CMD_GETFAMILY`); may make it load the
    /// module.
    ///
    /// `hint` says what to do where the kernel has none of that name.
    mutating func genericFamily(named name: String, hint: String) throws(NetlinkError) -> UInt16 {
        let words = RequestWords(
            operation: "find", object: "the netlink family \(name)",
            hint: { $0 == NLE_OBJ_NOTFOUND ? hint : NetlinkError.hint(for: $0) })
        var number: UInt16?
        let body: (inout MessageWriter) -> Void = { writer in
            GenericMessage.header(Int(CTRL_CMD_GETFAMILY), to: &writer)
            writer.attribute(Int(CTRL_ATTR_FAMILY_NAME), text: name)
        }
        // The controller is the one family with the same number in every kernel.
        try exchange(words, type: UInt16(GENL_ID_CTRL), flags: 0, body) { message in
            number =
                GenericMessage.attributes(of: message.body)?
                .first { $0.type == Int(CTRL_ATTR_FAMILY_ID) }?.number() ?? number
        }
        guard let number else { throw words.error(ENOENT, "") }
        return number
    }
}
