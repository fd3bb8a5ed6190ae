public import Contract

/// What a testbed says to a ``Need``.
public enum NeedAnswer: Sendable, Equatable {
    /// It is there.
    case here
    /// Its kernel has not these features, each with the kernel's reason; another kernel, such as a guest's, may have
    /// them.
    case kernelLacks([KernelFeature: String])
    /// It is missing, and this is what to do about it.
    case missing(Shortcoming)
}
