/// A word that nobody can guess, to tell our own lines of a guest from those of its command.
enum GuestToken {
    static func make() -> String {
        "netmachinery-guest-" + String(UInt64.random(in: .min ... .max), radix: 36)
    }
}
