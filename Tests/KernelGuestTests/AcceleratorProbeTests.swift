import Foundation
import TestSupport
import Testing

@testable import KernelGuest

/// The probe of KVM with programs that stand for QEMU.
@Suite("whether guests run under KVM")
struct AcceleratorProbeTests {
    /// What the probe says when QEMU is this script, or is not there.
    private static func accelerator(_ script: String?) async throws -> Accelerator {
        try await ScratchDirectory.with("qemu") { directory in
            let qemu = "\(directory)/qemu"
            if let script {
                try "#!/bin/sh\n\(script)\n".write(toFile: qemu, atomically: true, encoding: .utf8)
                try #require(chmod(qemu, 0o755) == 0)
            }
            let busybox = "\(directory)/busybox"
            try "a program".write(toFile: busybox, atomically: true, encoding: .utf8)
            let parts = GuestParts(
                image: KernelImage(
                    release: "6.1", path: "/boot/vmlinuz-6.1", modules: "/lib/modules/6.1",
                    dependencies: ModuleDependencies(dependencies: "", builtIn: "")),
                qemu: qemu, busybox: busybox)
            // A device that everybody may open stands for /dev/kvm.
            return try await AcceleratorProbe(parts: parts, device: "/dev/null").run()
        }
    }

    @Test("a guest that says its word runs under KVM")
    func works() async throws {
        // The word is in the guest's init, which the archive holds as it is.
        let script = #"""
            while [ "$1" != -initrd ]; do shift; done
            grep -a -o 'echo .* > /dev/ttyS0' "$2"
            """#
        #expect(try await Self.accelerator(script) == Accelerator(.kvm))
    }

    @Test("otherwise the translator is taken, and the first line that QEMU said is the reason")
    func fails() async throws {
        let cases = [
            ("echo 'ioctl(KVM_CREATE_VM) failed: 16' >&2; echo more >&2; exit 1", "ioctl(KVM_CREATE_VM) failed: 16"),
            ("echo another word; exit 0", "the guest did not come up"),
        ]
        for (script, words) in cases {
            let found = try await Self.accelerator(script)
            #expect(found == Accelerator(.tcg, reason: "KVM does not work: \(words)"))
        }
        let missing = try await Self.accelerator(nil)
        #expect(
            missing.kind == .tcg && missing.reason.hasPrefix("KVM does not work: ") && missing.reason.contains("/qemu"))
    }
}
