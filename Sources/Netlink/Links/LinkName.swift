import CLibnl

/// The rules for the name of a link (`dev_valid_name` in the kernel).
enum LinkName {
    // libnl would cut a longer name off without a word and hit another link.
    static func check(_ name: String, for operation: String) throws(NetlinkError) {
        let bytes = name.utf8
        let space = UInt8(ascii: " ")
        let isUsable = (1..<Int(IFNAMSIZ)).contains(bytes.count) && name != "." && name != ".."
        guard isUsable, !bytes.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") || $0 <= space })
        else {
            throw .refused(
                operation, "link \"\(name)\"", "this is not a name for a link",
                hint: "Use 1 to \(IFNAMSIZ - 1) bytes without spaces, slashes and colons"
            )
        }
    }
}
