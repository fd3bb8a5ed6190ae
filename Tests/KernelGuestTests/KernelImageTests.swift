import Foundation
import Processes
import TestSupport
import Testing

@testable import KernelGuest

@Suite("the kernel that a guest boots")
struct KernelImageTests {
    private static let complete = KernelImage.bootModules.map { "kernel/\($0).ko:" }.joined(separator: "\n")

    @Test("the newest whose modules are there and hold what a guest needs is taken")
    func newest() throws {
        try ScratchDirectory.with("image") { directory in
            try Self.install("6.9.0-2-amd64", modules: Self.complete, in: directory)
            try Self.install("6.10.1-1-amd64", modules: Self.complete, in: directory)
            try Self.install("6.12.0-1-amd64", modules: "kernel/overlay.ko:", in: directory)
            try Self.install("7.0.0", modules: nil, in: directory)
            let image = KernelImage.newest(boot: "\(directory)/boot", modules: "\(directory)/modules")
            #expect(image?.release == "6.10.1-1-amd64")
            #expect(image?.path == "\(directory)/boot/vmlinuz-6.10.1-1-amd64")
            #expect(image?.dependencies.contains("9p") == true)
        }
    }

    @Test("without any there is none")
    func none() throws {
        try ScratchDirectory.with("image") { directory in
            #expect(KernelImage.newest(boot: "\(directory)/boot", modules: "\(directory)/modules") == nil)
        }
    }

    @Test("releases are ordered by their numbers")
    func order() {
        let sorted = ["6.9.0-2", "6.10.0-1", "6.1.0-56-amd64", "6.1.0-9-amd64", "5.10.0"].sorted {
            KernelImage.isNewer($0, than: $1)
        }
        #expect(sorted == ["6.10.0-1", "6.9.0-2", "6.1.0-56-amd64", "6.1.0-9-amd64", "5.10.0"])
    }

    @Test("a program that needs a loader is not static, nor is a script")
    func statics() {
        #expect(!GuestParts.isStatic("/usr/bin/env"))
        #expect(!GuestParts.isStatic("/etc/passwd"))
        guard let busybox = Programs.find("busybox") else { return }
        #expect(GuestParts.isStatic(busybox))
    }

    private static func install(_ release: String, modules: String?, in directory: String) throws {
        let manager = FileManager.default
        try manager.createDirectory(atPath: "\(directory)/boot", withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: "\(directory)/boot/vmlinuz-\(release)"))
        guard let modules else { return }
        try manager.createDirectory(atPath: "\(directory)/modules/\(release)", withIntermediateDirectories: true)
        try Data(modules.utf8).write(to: URL(fileURLWithPath: "\(directory)/modules/\(release)/modules.dep"))
    }
}
