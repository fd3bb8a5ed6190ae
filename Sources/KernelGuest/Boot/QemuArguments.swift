/// The command lines of QEMU.
struct QemuArguments: Sendable {
    let parts: GuestParts
    let accelerator: Accelerator
    let initramfs: String
    /// The kernel's file when it is not the installed image.
    var kernel: String?

    /// A guest with the host's root, and three ways out: standard output is data, standard error is talk, and the
    /// kernel's own words go into a file.
    ///
    /// Standard input is the way in; when it closes, the guest powers off.
    func run(memoryMiB: Int, processors: Int, console: String) -> [String] {
        common(memoryMiB: memoryMiB, processors: processors) + [
            "-chardev", GuestProcesses.consoleDevice(console), "-serial", "chardev:console",
            "-device", "virtio-serial-pci",
            // signal=off: what is typed at a terminal is data, and Ctrl-C does not end QEMU.
            "-chardev", "stdio,id=data,signal=off", "-device", "virtserialport,chardev=data,nr=1",
            // Opening /dev/fd/2 opens a redirected file anew: without append QEMU would truncate it.
            "-chardev", "file,id=talk,path=/dev/fd/2,append=on", "-device", "virtserialport,chardev=talk,nr=2",
            // Ids of the host's several file systems would collide in the one that the guest sees.
            "-fsdev", "local,id=root,path=/,security_model=none,readonly=on,multidevs=remap",
            "-device", "virtio-9p-pci,fsdev=root,mount_tag=root",
        ]
    }

    /// A guest that says one word on the serial line.
    func probe() -> [String] {
        common(memoryMiB: 256, processors: 2) + ["-serial", "stdio"]
    }

    private func common(memoryMiB: Int, processors: Int) -> [String] {
        [
            // With panic=-1 below, -no-reboot lets a kernel that panics end QEMU at once.
            "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot", "-M", "q35",
        ] + accelerator.arguments + [
            "-smp", "\(processors)", "-m", "\(memoryMiB)M", "-kernel", kernel ?? parts.image.path, "-initrd", initramfs,
            // On a busy machine the kernel's check of the timer fails under the translator, and it would panic.
            "-append", "console=ttyS0 panic=-1 quiet loglevel=4 no_timer_check",
        ]
    }
}
