/// Which start of this machine it is.
public enum Boot {
    /// The kernel's random name for this boot, from `/proc/sys/kernel/random/boot_id`; empty without a `/proc`.
    public static var identifier: String { HostFile.line("/proc/sys/kernel/random/boot_id") ?? "" }
}
