import Foundation
import Processes

/// What a kernel guest is made of: an installed kernel, QEMU, and a busybox that needs no library.
public struct GuestParts: Sendable, Equatable {
    /// The packages that bring all of it.
    public static let packages = ["linux-image-amd64", "qemu-system-x86", "busybox-static"]

    /// The kernel that it boots.
    public let image: KernelImage
    /// The path of the emulator.
    public let qemu: String
    /// The path of a static busybox.
    public let busybox: String

    /// Finds the parts on this machine; what is missing is an error that names the packages to install.
    public static func find() throws(GuestError) -> GuestParts {
        let image = KernelImage.newest()
        let qemu = Programs.find("qemu-system-x86_64")
        let busybox = Programs.find("busybox").flatMap { isStatic($0) ? $0 : nil }
        guard let image, let qemu, let busybox else {
            let missing = [
                image == nil ? ("a kernel with its modules in /boot and /lib/modules", packages[0]) : nil,
                qemu == nil ? ("qemu-system-x86_64", packages[1]) : nil,
                busybox == nil ? ("a static busybox", packages[2]) : nil,
            ].compactMap(\.self)
            throw GuestError(
                code: .missing,
                operation: "find",
                object: missing.map(\.0).joined(separator: ", "),
                cause: "not installed",
                nextStep: "apt-get install \(missing.map(\.1).joined(separator: " "))"
            )
        }
        return GuestParts(image: image, qemu: qemu, busybox: busybox)
    }

    /// The first line of `qemu-system-x86_64 --version`.
    public func qemuVersion() async -> String {
        let command = Command(executable: qemu, arguments: ["--version"])
        let output = try? await ProcessRunner.run(command, deadline: .seconds(5))
        return output?.standardOutput.split(separator: "\n").first.map(String.init) ?? "unknown"
    }

    /// What the emulator is: its version as `guest.qemu`, and its file as `guest.qemu.path`, `.sha256` and `.package`.
    public func facts() async -> [String: String] {
        let version = await qemuVersion()
        return await ProgramFacts.read(["guest.qemu": qemu]).merging(["guest.qemu": version]) { fact, _ in fact }
    }

    /// Whether an ELF file names no dynamic loader: it has no program header of type `PT_INTERP` (elf(5)).
    static func isStatic(_ path: String) -> Bool {
        guard let file = FileManager.default.contents(atPath: path), file.count > 64,
            file.starts(with: [0x7f, UInt8(ascii: "E"), UInt8(ascii: "L"), UInt8(ascii: "F"), 2, 1])
        else { return false }
        let number = { (offset: Int, size: Int) -> Int in
            (0..<size).reversed().reduce(0) { $0 << 8 | Int(file[file.startIndex + offset + $1]) }
        }
        // e_phoff, e_phentsize and e_phnum of a 64-bit header.
        let (start, size, count) = (number(32, 4), number(54, 2), number(56, 2))
        guard size >= 56, start + size * count <= file.count else { return false }
        return !(0..<count).contains { number(start + size * $0, 4) == 3 }
    }
}
