/// What went wrong while a report was made: where, and what to do about it.
public enum ReportError: Error, Sendable, Equatable, CustomStringConvertible {
    /// gnuplot is not installed.
    case gnuplotMissing
    /// gnuplot ended with an error or left a picture out.
    case gnuplotFailed(detail: String)
    /// A file could not be written.
    case cannotWrite(path: String, reason: String)
    /// The store could not be read.
    case storeUnreadable(run: String, reason: String)
    /// A recorded value is not in the form that this program writes.
    case malformedRecord(run: String, what: String, reason: String)

    /// The sentence shown to the user.
    public var description: String {
        switch self {
        case .gnuplotMissing:
            "drawing pictures: gnuplot is not installed; install it with: apt-get install gnuplot-nox fonts-dejavu-core"
        case .gnuplotFailed(let detail):
            "drawing pictures: gnuplot failed: \(detail)"
        case .cannotWrite(let path, let reason):
            "writing \(path): \(reason); give another place with --plots"
        case .storeUnreadable(let run, let reason):
            "reading run \(run): \(reason)"
        case .malformedRecord(let run, let what, let reason):
            "reading run \(run): \(what) is not what this program writes (\(reason)); "
                + "was the database edited, or written by another version?"
        }
    }
}
