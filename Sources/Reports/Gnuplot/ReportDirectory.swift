import Glibc
import LinuxHost

/// The directory of a report, with what goes wrong there said as errors of a report.
enum ReportDirectory {
    /// One that exists.
    static func open(_ path: String) throws(ReportError) -> HeldDirectory {
        do {
            return try HeldDirectory.open(path)
        } catch {
            throw .cannotWrite(path: path, reason: words(of: error))
        }
    }

    /// One that is made where it is missing.
    static func make(_ path: String) throws(ReportError) -> HeldDirectory {
        do {
            return try HeldDirectory.make(path)
        } catch {
            throw .cannotWrite(path: path, reason: words(of: error))
        }
    }

    /// Writes a file whole, or leaves what is there.
    static func write(_ bytes: [UInt8], as name: String, in directory: HeldDirectory) throws(ReportError) {
        do {
            try directory.write(bytes, as: name)
        } catch {
            throw .cannotWrite(path: directory.path(of: name), reason: words(of: error))
        }
    }

    /// The reason without path and next step, which the error has beside it; for a link, the hint that names it.
    private static func words(of error: HostError) -> String {
        error.errno == ELOOP || error.errno == 0 ? error.hint : error.reason
    }
}
