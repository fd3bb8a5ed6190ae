#if canImport(Glibc)
import Glibc
#else
import Foundation
#endif

/// The C library's logarithms, kept in one place.
enum Logarithm {
    static func natural(_ value: Double) -> Double { log(value) }
    static func base10(_ value: Double) -> Double { log10(value) }
    static func exponential(_ value: Double) -> Double { exp(value) }
}
