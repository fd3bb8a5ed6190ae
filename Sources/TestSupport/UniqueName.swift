import Glibc
import Synchronization

/// Names that no other test, and no other run of the tests, uses.
public enum UniqueName {
    /// What every namespace of a test starts with; the clean-up of the program leaves these alone.
    public static let prefix = "nmx-"

    private static let counter = Atomic<Int>(0)

    /// A name such as `nmx-links-4711-3`: what it is for, this process, and a number.
    public static func make(_ purpose: String) -> String {
        let number = counter.wrappingAdd(1, ordering: .relaxed).newValue
        return "\(scope(purpose))\(number)"
    }

    /// What all names for a purpose start with in this process, for an audit of one suite.
    public static func scope(_ purpose: String) -> String {
        "\(prefix)\(purpose)-\(getpid())-"
    }
}
