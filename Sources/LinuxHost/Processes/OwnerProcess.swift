import Glibc

/// Who made something: a process that can be told from a later one with the same pid, on a boot that can be told from
/// others.
public struct OwnerProcess: Sendable, Equatable {
    /// The kernel's name for the boot.
    public let bootID: String
    /// The process's number.
    public let pid: Int32
    /// When it started, in clock ticks since the boot.
    public let start: UInt64

    /// An owner by its three marks.
    public init(bootID: String, pid: Int32, start: UInt64) {
        self.bootID = bootID
        self.pid = pid
        self.start = start
    }

    /// The owner to write beside what this process makes; its start is 0 where `/proc` cannot be read.
    public static var current: OwnerProcess {
        let pid = getpid()
        return OwnerProcess(bootID: Boot.identifier, pid: pid, start: ProcessStatus.startTime(of: pid) ?? 0)
    }

    /// Whether that very process is still running.
    public var isAlive: Bool { isFromThisBoot && ProcessStatus.startTime(of: pid) == start }

    /// Whether the machine has not been started anew since, which would have taken every namespace with it.
    public var isFromThisBoot: Bool { bootID == Boot.identifier }

    /// The three as words: `4711 123456 BOOT`.
    public var text: String { "\(pid) \(start) \(bootID)" }

    /// Reads what ``text`` wrote; nil for anything else.
    public init?(text: some StringProtocol) {
        let words = text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == " " })
        guard words.count == 3, let pid = Int32(words[0]), pid > 0, let start = UInt64(words[1]) else { return nil }
        self.init(bootID: String(words[2]), pid: pid, start: start)
    }
}
