import Foundation
import Processes

/// Finds out whether KVM really works, by booting a guest of one word under it: a device node proves nothing.
public struct AcceleratorProbe: Sendable {
    private let parts: GuestParts
    private let device: String

    /// A probe of these parts.
    public init(parts: GuestParts, device: String = "/dev/kvm") {
        self.parts = parts
        self.device = device
    }

    /// How long a guest under KVM may take to say its word; it takes a second.
    static let deadline = Duration.seconds(5)

    /// KVM when a guest came up under it, otherwise the translator with the reason; costs nothing without the device.
    public func run() async throws(GuestError) -> Accelerator {
        guard access(device, R_OK | W_OK) == 0 else {
            return Accelerator(.tcg, reason: "\(device) cannot be opened: \(String(cString: strerror(errno)))")
        }
        let token = GuestToken.make()
        let file = try NamelessFile(try Initramfs(parts: parts, token: token).probe())
        // QEMU opens the file by a descriptor of ours, which closes with the value.
        defer { withExtendedLifetime(file) {} }
        let qemu = QemuArguments(parts: parts, accelerator: Accelerator(.kvm), initramfs: file.path)
        let command = await ToolTether.find().tie(Command(executable: parts.qemu, arguments: qemu.probe()))
        let output: ProcessOutput
        do {
            output = try await ProcessRunner.run(command, deadline: Self.deadline)
        } catch {
            switch error {
            case .timedOut: return Accelerator(.tcg, reason: "a guest under KVM hangs")
            case .cancelled: throw .cancelled(object: "the probe of KVM")
            default: return Accelerator(.tcg, reason: "KVM does not work: \(error)")
            }
        }
        if output.standardOutput.contains(token) { return Accelerator(.kvm) }
        let words = output.standardError.split(separator: "\n").first ?? "the guest did not come up"
        return Accelerator(.tcg, reason: "KVM does not work: \(words)")
    }
}

extension GuestError {
    static func cancelled(object: String) -> GuestError {
        GuestError(
            code: .cancelled, operation: "finish", object: object, cause: "interrupted", nextStep: "start it again")
    }
}
