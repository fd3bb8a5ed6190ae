import TestSupport
import Testing

@testable import KernelGuest

@Suite("the command line of QEMU")
struct QemuArgumentsTests {
    private static let parts = GuestParts(
        image: KernelImage(
            release: "6.1", path: "/boot/vmlinuz-6.1", modules: "/lib/modules/6.1",
            dependencies: ModuleDependencies(dependencies: "", builtIn: "")),
        qemu: "/usr/bin/qemu-system-x86_64",
        busybox: "/bin/busybox"
    )

    @Test("a guest has no device that was not asked for, a root that it cannot write, and two ports")
    func run() {
        let arguments = QemuArguments(parts: Self.parts, accelerator: Accelerator(.tcg), initramfs: "/run/x")
            .run(memoryMiB: 1024, processors: 2, console: "/run/y")
        #expect(arguments.starts(with: ["-nodefaults", "-no-user-config"]))
        #expect(arguments.contains("-no-reboot"))
        #expect(arguments.contains { $0.hasPrefix("local,") && $0.contains("readonly=on") })
        #expect(arguments.count { $0.hasPrefix("virtserialport,") } == 2)
        #expect(arguments.contains("tcg,thread=multi"))
        #expect(arguments.contains("1024M"))
        #expect(arguments.contains { $0.contains("panic=-1") })
        #expect(arguments.contains("/run/x"))
    }

    @Test("a value stays one, whatever is in it", arguments: HostileText.all)
    func values(hostile: HostileText) {
        // As QEMU reads them: a comma ends a value unless another follows it.
        var rest = Array(QemuValue.quoted(hostile.text).utf8)[...]
        var value: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: ",") { #expect(rest.popFirst() == byte) }
            value.append(byte)
        }
        #expect(value == Array(hostile.text.utf8))
        let arguments = QemuArguments(parts: Self.parts, accelerator: Accelerator(.tcg), initramfs: "/x")
            .run(memoryMiB: 1024, processors: 2, console: hostile.text)
        #expect(arguments.contains("file,id=console,path=\(QemuValue.quoted(hostile.text))"))
    }

    @Test("the processor is the host's under KVM and QEMU's best under the translator")
    func processor() {
        #expect(Accelerator(.kvm).arguments == ["-accel", "kvm", "-cpu", "host"])
        #expect(Accelerator(.tcg).arguments == ["-accel", "tcg,thread=multi", "-cpu", "max"])
    }

    @Test("without a /dev/kvm the translator is taken at once, and says why")
    func probe() async throws {
        let accelerator = try await AcceleratorProbe(parts: Self.parts, device: "/none").run()
        #expect(accelerator.kind == .tcg)
        #expect(accelerator.reason == "/none cannot be opened: No such file or directory")
    }

    @Test("memory is four GiB, or three quarters of what is free, and never so little that nothing boots")
    func memory() {
        #expect(GuestMemory.megabytes(meminfo: "MemTotal: 33554432 kB\nMemAvailable:   16777216 kB\n") == 4096)
        #expect(GuestMemory.megabytes(meminfo: "MemAvailable: 2097152 kB\n") == 1536)
        #expect(GuestMemory.megabytes(meminfo: "MemAvailable: 1024 kB\n") == 512)
        #expect(GuestMemory.megabytes(meminfo: "") == 512)
    }
}
