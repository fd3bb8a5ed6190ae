/// What the environment of a run says about the kernel that it ran on.
enum KernelFacts {
    static let place = "kernel.where"
    static let accelerator = "kernel.accelerator"

    /// A run on the machine's own kernel.
    static let host = [place: "host", accelerator: "none"]
}
