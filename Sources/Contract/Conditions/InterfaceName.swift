/// What an interface may be called.
enum InterfaceName {
    /// Refuses names that the kernel does not take.
    static func validate(_ name: String, at path: String) throws(PlanError) {
        let isName = (1...15).contains(name.utf8.count) && name != "." && name != ".."
        guard isName,
            name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ":") })
        else { throw PlanError(path: path, reason: "expected 1 to 15 letters and digits, found \(name)") }
    }
}
