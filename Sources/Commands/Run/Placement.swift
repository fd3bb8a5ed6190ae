import Coordinator
import Experiments
import KernelGuest
import LinuxHost
import LocalTestbed

/// Looks at what an experiment needs of the kernel, what this machine's has, and what a guest's would have.
struct Placement {
    let decision: KernelPlacement

    init(_ choice: KernelChoice, _ experiment: any Experiment) {
        let needed = experiment.kernelFeatures.union(LocalKernel.features(for: experiment.topology))
        // Nothing has to be tried when the answer changes nothing.
        let lacking = choice == .guest ? [:] : LocalKernel.lacking(needed)
        decision = KernelPlacement.decide(
            choice,
            lacking: lacking,
            guest: lacking.isEmpty && choice != .guest ? .missing("not looked for") : Self.offer
        )
    }

    /// What could be booted here.
    static var offer: KernelPlacement.Offer {
        do throws(GuestError) {
            let image = try GuestParts.find().image
            let lacking = KernelFeature.allCases.filter { image.having([$0.module]).isEmpty }
            return .available(release: image.release, lacking: Set(lacking))
        } catch {
            return .missing("\(error)")
        }
    }
}
