import KernelGuest

extension Requirement {
    /// Whether a kernel guest can be booted here.
    public static var guest: Bool { (try? GuestParts.find()) != nil }
    /// Why a test is skipped without `guest`.
    public static let guestReason = "no kernel guest can be booted here: \(GuestParts.packages.joined(separator: " "))"
}
