public import Contract
import LinuxHost

/// On which kernel a run takes place; decided before anything is made.
public enum KernelPlacement: Sendable, Equatable {
    /// On the host's; what it lacks, with words for the trials that are skipped.
    case host(lacking: [KernelFeature: String])
    /// In a guest, and why.
    case guest(reason: String)
    /// Nowhere; what is missing and how to get it.
    case refused(String)

    /// What could be booted here.
    public enum Offer: Sendable, Equatable {
        /// A kernel of this release, without these features.
        case available(release: String, lacking: Set<KernelFeature>)
        /// None, with the reason and the packages to install.
        case missing(String)
    }

    /// Decides: `lacking` is what the run needs and the host's kernel does not have, with the reasons.
    public static func decide(
        _ choice: KernelChoice,
        lacking: [KernelFeature: String],
        guest: Offer
    ) -> KernelPlacement {
        let names = lacking.keys.map(\.rawValue).sorted().joined(separator: ", ")
        switch (choice, guest) {
        case (.guest, .available): return .guest(reason: "asked for with --kernel guest")
        case (.guest, .missing(let words)): return .refused("--kernel guest: \(words)")
        case (.auto, .available(_, let guestLacks)) where !lacking.keys.allSatisfy(guestLacks.contains):
            return .guest(reason: "the kernel of this machine has no \(names)")
        default: return .host(lacking: skipWords(choice, lacking, guest))
        }
    }

    private static func skipWords(
        _ choice: KernelChoice,
        _ lacking: [KernelFeature: String],
        _ guest: Offer
    ) -> [KernelFeature: String] {
        Dictionary(
            uniqueKeysWithValues: lacking.map { feature, reason in
                (feature, "this kernel has no \(feature.rawValue): \(reason). \(wayOut(choice, feature, guest))")
            }
        )
    }

    private static func wayOut(_ choice: KernelChoice, _ feature: KernelFeature, _ guest: Offer) -> String {
        switch guest {
        case .missing(let words): "A kernel guest would bring it: \(words)"
        case .available(let release, let lacking) where lacking.contains(feature):
            "Linux \(release), which could be booted as a guest, has none either"
        case .available: "Leave out --kernel \(choice.rawValue), and the run moves into a kernel guest"
        }
    }
}
