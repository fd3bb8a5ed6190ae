import KernelGuest

extension Requirement {
    /// Whether a kernel guest can be booted here.
    public static var guest: Bool { (try? GuestParts.find()) != nil }
    /// Why a test is skipped without `guest`.
    public static let guestReason = "this kernel has no guest beside it: \(GuestParts.packages.joined(separator: " "))"
}
