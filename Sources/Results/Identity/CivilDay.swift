/// A day of the proleptic Gregorian calendar, counted without a calendar library.
///
/// Years are taken to begin in March, so that the leap day is the last day of the year and month lengths follow one
/// linear formula; 400 years always have 146,097 days.
struct CivilDay {
    let year: Int64
    let month: Int64
    let day: Int64

    init(daysSinceEpoch days: Int64) {
        let (era, dayOfEra) = (days + Self.daysFromMarchZeroToEpoch).flooredDivision(by: Self.daysInEra)
        // Days without leap days: one each 1,460 days, none each 36,524, one for the era (Howard Hinnant,
        // "chrono-Compatible Low-Level Date Algorithms").
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        // From March on, every five months have 153 days.
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    static func daysSinceEpoch(year: Int64, month: Int64, day: Int64) -> Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = marchYear.flooredDivision(by: 400)
        let marchMonth = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * daysInEra + dayOfEra - daysFromMarchZeroToEpoch
    }

    private static let daysInEra: Int64 = 146_097
    // From 0000-03-01 to 1970-01-01.
    private static let daysFromMarchZeroToEpoch: Int64 = 719_468
}

extension Int64 {
    /// Quotient rounded towards minus infinity, and the remainder that is never negative.
    func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
