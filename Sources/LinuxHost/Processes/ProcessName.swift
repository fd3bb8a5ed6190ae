import CLinux

/// What this process is called by others.
public enum ProcessName {
    /// Sets the name that `ps` and `/proc/PID/comm` show, of which 15 bytes are kept; call it on the first thread.
    ///
    /// A program that was started by a path such as `/proc/PID/exe` is called after the last component otherwise.
    public static func set(_ name: String) { _ = nm_set_name(name) }
}
