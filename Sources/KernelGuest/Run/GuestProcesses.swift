import Foundation

/// Finds the QEMU processes of a guest by its directory, which stands in their arguments.
public enum GuestProcesses {
    /// The processes that were started with a console in this directory, by `/proc/PID/cmdline`.
    public static func find(directory: String) -> [Int32] {
        let mark = consoleDevice(console(in: directory))
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap(Int32.init).filter { process in
            guard let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") else { return false }
            let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            return words.contains(mark)
        }.sorted()
    }

    /// The argument of QEMU for a console in a file, by which its process is found again.
    public static func consoleDevice(_ path: String) -> String { "file,id=console,path=\(QemuValue.quoted(path))" }

    /// Where the guest's kernel writes its words.
    public static func console(in directory: String) -> String { "\(directory)/console" }
}
