import PodAttachment
import Quantities

/// A pod that is attached, and its addresses.
struct StandingPod: Sendable {
    let pod: Pod
    let addresses: [CIDR]
}
