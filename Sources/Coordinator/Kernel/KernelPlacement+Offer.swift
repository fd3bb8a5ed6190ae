import Contract
import KernelGuest
import LinuxHost

extension KernelPlacement {
    /// What could be booted here.
    public static var offer: Offer {
        do throws(GuestError) {
            let image = try GuestParts.find().image
            let lacking = KernelFeature.allCases.filter { image.having([$0.module]).isEmpty }
            return .available(release: image.release, lacking: Set(lacking))
        } catch {
            return .missing("\(error)")
        }
    }
}
