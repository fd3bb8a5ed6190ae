public import Foundation

/// Writes a cpio archive of the format `newc`, which is what the kernel unpacks as its first root (initramfs).
///
/// Each entry is a header of 110 hexadecimal characters, the name with a zero byte, and the data; name and data are
/// padded to four bytes (Documentation/driver-api/early-userspace/buffer-format.rst).
public struct CpioArchive: Sendable {
    /// What an entry is.
    enum Kind: UInt32, Sendable {
        case directory = 0o040755
        case program = 0o100755
        case file = 0o100644
    }

    private var bytes = Data()
    private var entries: UInt32 = 0
    private var directories: Set<String> = []

    /// An archive without entries.
    public init() {}

    /// Adds a directory, with those above it; a second time does nothing.
    public mutating func addDirectory(_ path: String) {
        let components = path.split(separator: "/")
        for count in 1...max(1, components.count) where !components.isEmpty {
            let name = components.prefix(count).joined(separator: "/")
            if directories.insert(name).inserted { add(name, .directory, Data()) }
        }
    }

    /// Adds a file, with the directories above it.
    public mutating func addFile(_ path: String, _ data: Data, executable: Bool = false) {
        let components = path.split(separator: "/")
        addDirectory(components.dropLast().joined(separator: "/"))
        add(components.joined(separator: "/"), executable ? .program : .file, data)
    }

    /// The archive with its trailer.
    public func finished() -> Data {
        var whole = self
        // The kernel stops unpacking at an entry of this name.
        whole.add("TRAILER!!!", mode: 0, Data())
        return whole.bytes
    }

    private mutating func add(_ name: String, _ kind: Kind, _ data: Data) {
        add(name, mode: kind.rawValue, data)
    }

    private mutating func add(_ name: String, mode: UInt32, _ data: Data) {
        entries += 1
        // ino, mode, uid, gid, nlink, mtime, filesize, two of dev, two of rdev, namesize, check.
        let fields: [UInt32] = [
            entries, mode, 0, 0, 1, 0, UInt32(data.count), 0, 0, 0, 0, UInt32(name.utf8.count + 1), 0,
        ]
        // newc without checksums; 070702 would have them.
        bytes.append(contentsOf: "070701".utf8)
        for field in fields { bytes.append(contentsOf: Self.hexadecimal(field).utf8) }
        bytes.append(contentsOf: name.utf8)
        bytes.append(0)
        pad()
        bytes.append(data)
        pad()
    }

    private mutating func pad() {
        bytes.append(contentsOf: [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4))
    }

    private static func hexadecimal(_ number: UInt32) -> String {
        let digits = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
