import Quantities
import Testing

@testable import PodAttachment

@Suite("Ranges for pods without plugins")
struct DirectDriverTests {
    @Test("a range of one address has no room for a gateway and pods, and the error names the range")
    func tooSmall() throws {
        let range = try CIDR(parsing: "10.0.0.1/32")
        let error = #expect(throws: PodError.self) { try DirectDriver(range: range) }
        #expect(error?.code == .badNetwork)
        #expect(error?.description.contains("10.0.0.1/32") == true)
    }
}
