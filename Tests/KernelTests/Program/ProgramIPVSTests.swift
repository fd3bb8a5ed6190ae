import TestSupport
import Testing

extension ProgramTests {
    @Suite("Service proxies with IPVS", .enabled(if: IPVSSetting.isThere, Comment(rawValue: IPVSSetting.reason)))
    struct IPVS {
        @Test(
            "every value of every key is programmed and reached with IPVS",
            arguments: ServiceProxyScenario.everyValueOfIPVS)
        func everyValue(_ more: [String]) async throws {
            try await Workbench.with("ipvsvalues") { bench in
                try await bench.expectMeasured(
                    ["ipvs"], more + ["positions: [last]"], measure: ["first-packet", "add-one"])
            }
        }
    }
}
