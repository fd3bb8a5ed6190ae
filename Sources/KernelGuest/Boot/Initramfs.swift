import Foundation

/// The guest's first root: busybox, the modules that it needs to reach the host's root, and its init.
struct Initramfs: Sendable {
    let parts: GuestParts
    let token: String

    /// The archive for a request.
    func archive(for request: GuestRequest) throws(GuestError) -> Data {
        let script = InitScript(token: token)
        let files = try parts.image.dependencies.files(for: KernelImage.bootModules)
        // Loaded later, by a modprobe that knows soft dependencies and aliases; a name that is none is told now.
        _ = try parts.image.dependencies.files(for: request.modules)
        var archive = try withBusybox()
        for directory in ["dev", "layer", "lower", "system"] { archive.addDirectory(directory) }
        var names: [String] = []
        for file in files {
            let name = String(file.split(separator: "/").last ?? "")
            guard !name.hasSuffix(".zst") else {
                throw GuestError(
                    operation: "unpack",
                    object: name,
                    cause: "busybox cannot unpack zstd",
                    nextStep: "install a kernel whose modules are plain or .xz, such as Debian's"
                )
            }
            archive.addFile("modules/\(name)", try Self.read("\(parts.image.modules)/\(file)"))
            names.append(name)
        }
        archive.addFile("init", Data(script.first(modules: names).utf8), executable: true)
        archive.addFile("second", Data(script.second(request).utf8))
        return archive.finished()
    }

    /// The archive of a guest that says its token on the serial line and ends.
    func probe() throws(GuestError) -> Data {
        var archive = try withBusybox()
        archive.addDirectory("dev")
        archive.addFile("init", Data(InitScript(token: token).probe.utf8), executable: true)
        return archive.finished()
    }

    private func withBusybox() throws(GuestError) -> CpioArchive {
        var archive = CpioArchive()
        archive.addFile("bin/busybox", try Self.read(parts.busybox), executable: true)
        return archive
    }

    private static func read(_ path: String) throws(GuestError) -> Data {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw GuestError(
                operation: "read",
                object: path,
                cause: "it cannot be opened",
                nextStep: "install its package again: \(GuestParts.packages.joined(separator: " "))"
            )
        }
        return data
    }
}
