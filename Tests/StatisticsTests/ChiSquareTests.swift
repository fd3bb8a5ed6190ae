import Foundation
import Statistics
import Testing

@Suite("The chi-square test of even distribution")
struct ChiSquareTests {
    // Percentage points of the chi-square distribution: NIST/SEMATECH e-Handbook, 1.3.6.7.4.
    @Test(
        "the upper tail has the tabulated values",
        arguments: [
            (3.841, 1, 0.05), (6.635, 1, 0.01), (5.991, 2, 0.05), (18.307, 10, 0.05), (23.209, 10, 0.01),
            (124.342, 100, 0.05), (77.929, 100, 0.95),
        ]
    )
    func tabulated(statistic: Double, degrees: Int, tail: Double) {
        #expect(abs(ChiSquare.upperTail(statistic, degreesOfFreedom: degrees) - tail) < 1e-4)
    }

    @Test("with two degrees of freedom the tail is an exponential function")
    func exponential() {
        for statistic in stride(from: 0.0, through: 60, by: 0.5) {
            let tail = ChiSquare.upperTail(statistic, degreesOfFreedom: 2)
            #expect(abs(tail - exp(-statistic / 2)) < 1e-12)
        }
    }

    @Test("equal counts are as even as can be, and one that has all is not")
    func extremes() throws {
        #expect(ChiSquare.evenness(of: [50, 50, 50]) == 1)
        #expect(try #require(ChiSquare.evenness(of: [150, 0, 0])) < 1e-60)
    }

    @Test("fewer than two outcomes, or none at all, cannot be uneven")
    func nothing() {
        #expect(ChiSquare.evenness(of: []) == nil)
        #expect(ChiSquare.evenness(of: [7]) == nil)
        #expect(ChiSquare.evenness(of: [0, 0]) == nil)
    }
}
