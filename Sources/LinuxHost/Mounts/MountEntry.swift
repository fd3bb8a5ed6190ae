/// One mount as this process sees it: a line of `/proc/self/mountinfo` (proc(5)).
struct MountEntry: Sendable, Equatable {
    /// The number that the kernel gave to the mount.
    let number: UInt64
    /// The number of the mount that it is mounted in.
    let parent: UInt64
    /// Where it is mounted.
    let mountPoint: String
    /// The kind of file system, such as `nsfs` for a namespace.
    let kind: String

    /// Every mount of this process's mount namespace, in the kernel's order; empty without a `/proc`.
    static func all() -> [MountEntry] {
        guard let text = try? HostFile.read("/proc/self/mountinfo") else { return [] }
        return text.utf8.split(separator: UInt8(ascii: "\n")).compactMap { MountEntry(line: Array($0)) }
    }

    /// Takes the fields of a line, such as `78 64 0:40 /netns /run/netns rw shared:1 - tmpfs tmpfs rw`.
    init?(line: [UInt8]) {
        let fields = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard fields.count > 6, let number = UInt64(Self.text(fields[0])), let parent = UInt64(Self.text(fields[1])),
            // Any number of optional fields stands before the dash.
            let dash = fields.dropFirst(6).firstIndex(where: { $0.elementsEqual("-".utf8) }), fields.count > dash + 1
        else { return nil }
        self.init(
            number: number, parent: parent, mountPoint: Self.unescaped(fields[4]), kind: Self.text(fields[dash + 1]))
    }

    init(number: UInt64, parent: UInt64, mountPoint: String, kind: String) {
        self.number = number
        self.parent = parent
        self.mountPoint = mountPoint
        self.kind = kind
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String { String(decoding: field, as: UTF8.self) }

    /// The kernel writes blanks and backslashes as a backslash and three octal digits.
    private static func unescaped(_ field: ArraySlice<UInt8>) -> String {
        var bytes: [UInt8] = []
        var rest = field
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), rest.count >= 3, let code = UInt8(text(rest.prefix(3)), radix: 8) else {
                bytes.append(byte)
                continue
            }
            bytes.append(code)
            rest = rest.dropFirst(3)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
