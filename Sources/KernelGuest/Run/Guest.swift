import Foundation
import Processes
import Synchronization

/// One boot of an installed kernel over this machine's root file system, for one command.
///
/// The guest sees the host's files as they are, cannot change them, and has a network of its own. Its life is tied to
/// this process three times: the kernel kills QEMU when this process dies, the guest powers off when its input closes,
/// and whoever calls has the directory on a ledger.
public struct Guest: Sendable {
    private let parts: GuestParts
    private let accelerator: Accelerator
    private let directory: String
    private let limits: GuestLimits
    private let memoryMiB: Int

    /// A guest that keeps its files in a directory of its caller's, which removes it afterwards.
    public init(
        parts: GuestParts,
        accelerator: Accelerator,
        directory: String,
        limits: GuestLimits,
        memoryMiB: Int = GuestMemory.megabytes()
    ) {
        self.parts = parts
        self.accelerator = accelerator
        self.directory = directory
        self.limits = limits
        self.memoryMiB = memoryMiB
    }

    /// Boots, runs the command, and returns its exit code when the guest is gone.
    ///
    /// `line` gets each line of the command's standard output, in order and before the next is read; `talk` each of its
    /// standard error. When `stop` returns, the command gets SIGTERM. Cancellation ends the guest at once.
    public func run(
        _ request: GuestRequest,
        talk: @escaping @Sendable (String) -> Void = { _ in },
        stop: @escaping @Sendable () async -> Bool = { false },
        line: @escaping @Sendable (String) async throws -> Void
    ) async throws -> Int32 {
        let token = GuestToken.make()
        let console = GuestProcesses.console(in: directory)
        let file = try NamelessFile(try Initramfs(parts: parts, token: token).archive(for: request))
        // QEMU opens the file by a descriptor of ours, which closes with the value.
        defer { withExtendedLifetime(file) {} }
        let qemu = QemuArguments(
            parts: parts,
            accelerator: accelerator,
            initramfs: file.path,
            // On the processor itself the image unpacks in a moment.
            kernel: accelerator.kind == .tcg ? await PlainKernel(parts: parts).path(in: directory) : nil
        )
        let command = await ToolTether.find().tie(
            Command(
                executable: parts.qemu,
                arguments: qemu.run(memoryMiB: memoryMiB, processors: Self.processors, console: console)
            )
        )
        do {
            return try await ProcessRunner.converse(command, deadline: limits.total, standardErrorLine: talk) {
                [limits] conversation in
                let watch = GuestWatch(conversation: conversation, limits: limits, stream: GuestStream(token: token))
                return try await watch.follow(stop: stop, line: line)
            }
        } catch let error as ProcessError {
            throw Self.error(error, limits)
        } catch let error as GuestError where error.code == .ended {
            // The kernel's last words say more than that it is gone.
            let words = GuestFile.tail(console)
            throw GuestError(
                code: .ended,
                operation: error.operation,
                object: error.object,
                cause: [error.cause, words].filter { !$0.isEmpty }.joined(separator: ": "),
                nextStep: error.nextStep
            )
        }
    }

    /// A server and a client, as most trials have.
    private static let processors = 2

    private static func error(_ error: ProcessError, _ limits: GuestLimits) -> GuestError {
        switch error {
        case .cancelled: .cancelled(object: "the kernel guest")
        case .timedOut:
            GuestError(
                code: .timedOut,
                operation: "finish",
                object: "the kernel guest",
                cause: "it was not done within \(limits.total) and was ended",
                nextStep: "ask for less, or run on a host whose kernel has what is needed"
            )
        default:
            GuestError(
                operation: "run",
                object: "the kernel guest",
                cause: "\(error)",
                nextStep: "see: netmachinery doctor"
            )
        }
    }
}
