import Contract
import KernelGuest
import LinuxHost

/// Whether a kernel guest can be booted here, by what, and what its kernel has.
struct GuestDiagnosis: Sendable {
    /// Its row in the table.
    let entry: DoctorCommand.Entry
    private let image: KernelImage?

    /// Finds the parts, and boots a guest of one word where there is a `/dev/kvm`.
    static func examine() async -> GuestDiagnosis {
        do throws(GuestError) {
            let parts = try GuestParts.find()
            let accelerator = try await AcceleratorProbe(parts: parts).run()
            let what = "kernel guest: Linux \(parts.image.release), \(accelerator.kind.rawValue)"
            return GuestDiagnosis(
                entry: entry(what, isHere: true, reason: accelerator.reason.isEmpty ? nil : accelerator.reason),
                image: parts.image
            )
        } catch {
            return GuestDiagnosis(
                entry: entry(
                    "kernel guest",
                    isHere: false,
                    reason: "\(error.object): \(error.cause)",
                    wayOut: error.nextStep
                ),
                image: nil
            )
        }
    }

    /// Whether its kernel has the feature.
    func has(_ feature: KernelFeature) -> Bool { image?.having([feature.module]).isEmpty == false }

    /// How to get a guest where there is none.
    var wayOut: String? { image == nil ? entry.wayOut : nil }

    private static func entry(
        _ what: String, isHere: Bool, reason: String?, wayOut: String? = nil
    ) -> DoctorCommand.Entry {
        DoctorCommand.Entry(
            what: what,
            purpose: "what this machine's kernel lacks",
            isHere: isHere,
            reason: reason,
            wayOut: wayOut,
            isOptional: true
        )
    }
}
