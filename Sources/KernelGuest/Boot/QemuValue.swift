/// Values in the options of QEMU, which are lists with commas between their members.
enum QemuValue {
    /// The value with every comma doubled, which stands for the comma itself (qemu(1), "-drive").
    static func quoted(_ value: String) -> String {
        let comma = UInt8(ascii: ",")
        return String(decoding: value.utf8.flatMap { $0 == comma ? [comma, comma] : [$0] }, as: UTF8.self)
    }
}
