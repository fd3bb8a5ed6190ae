import Foundation
import Processes

/// The kernel as the ELF file inside its image, unpacked by the host: under the translator the guest would take as long
/// to unpack itself as for the rest of its boot.
///
/// QEMU starts such a file by its PVH entry, which a kernel has that was built with `CONFIG_PVH`.
struct PlainKernel: Sendable {
    let parts: GuestParts

    /// The path of the unpacked kernel in a directory, or the image itself where anything about this is unusual.
    func path(in directory: String) async -> String {
        let image = parts.image.path
        guard parts.image.hasDirectEntry,
            let file = FileManager.default.contents(atPath: image),
            let payload = Self.payload(of: [UInt8](file))
        else { return image }
        let target = "\(directory)/vmlinux"
        let packed = URL(fileURLWithPath: "\(target).\(payload.ending)")
        guard (try? Data(payload.bytes).write(to: packed)) != nil else { return image }
        let command = Command(executable: parts.busybox, arguments: [payload.applet, "-f", packed.path])
        let output = try? await ProcessRunner.run(command, deadline: .seconds(30))
        guard output?.status.isSuccess == true else {
            try? FileManager.default.removeItem(at: packed)
            return image
        }
        return target
    }

    /// What is packed in a bzImage, by its header (Documentation/arch/x86/boot.rst, protocol 2.08); nil for anything
    /// else.
    static func payload(of image: [UInt8]) -> (bytes: ArraySlice<UInt8>, applet: String, ending: String)? {
        guard image.count > 0x250, image[0x202..<0x206].elementsEqual("HdrS".utf8) else { return nil }
        let number = { (offset: Int) in (0..<4).reversed().reduce(0) { $0 << 8 | Int(image[offset + $1]) } }
        // setup_sects, of which 0 means 4.
        let sectors = image[0x1f1] == 0 ? 4 : Int(image[0x1f1])
        // payload_offset counts from the end of boot sector and setup; payload_length stands behind it.
        let start = (sectors + 1) * 512 + number(0x248)
        let end = start + number(0x24c)
        guard number(0x206) & 0xffff >= 0x208, start + 16 < end, end <= image.count else { return nil }
        let bytes = image[start..<end]
        if bytes.starts(with: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]) {
            // The kernel's build appends the unpacked size, which is no part of the xz file.
            return (bytes.dropLast(4), "unxz", "xz")
        }
        return bytes.starts(with: [0x1f, 0x8b]) ? (bytes, "gunzip", "gz") : nil
    }
}
