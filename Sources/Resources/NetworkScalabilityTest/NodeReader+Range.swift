import Quantities

extension NodeReader {
    /// An IPv4 range without bits behind its prefix.
    func ipv4Range() -> CIDR? {
        guard let range: CIDR = quantity() else { return nil }
        guard range.address.family == .ipv4, range.network == range.address else {
            fail("expected an IPv4 range without bits behind its prefix, such as 10.96.0.0/12, found \(range)")
            return nil
        }
        return range
    }
}
