/// Text of every class that has broken a reader or a writer somewhere, as bytes: some of it is no Unicode at all.
enum HostileText {
    /// One piece of each kind.
    static let pieces: [[UInt8]] =
        texts.map { Array($0.utf8) } + [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80], [0xFE, 0xFF],
        ]

    private static let texts = [
        // Quotes, also with marks that make them another Character.
        "\"", "'", "`", "\"\u{301}", "'\u{308}", "\\", "\\\"", "\\u0000", "\\ud800", "\\uD83D\\uDE00", "\u{2019}",
        // Ends of lines and other control characters.
        "\r\n", "\r", "\n", "\u{85}", "\u{2028}", "\u{2029}", "\t", "\u{B}", "\u{C}", "\0", "\u{7F}", "\u{1B}[31m",
        "\u{1B}]0;x\u{7}", "\u{9B}31m",
        // What cannot be seen, and what turns the order of reading around.
        "\u{FEFF}", "\u{200B}", "\u{200D}", "\u{AD}", "\u{202E}", "\u{2066}", "\u{FFFE}", "\u{FFFF}", "\u{10FFFF}",
        // Other digits, letters that change with the locale or grow with their case, joined characters.
        "\u{661}\u{662}", "\u{FF11}", "\u{B2}", "\u{131}", "\u{130}", "\u{DF}", "\u{FB01}", "e\u{301}", "\u{E9}",
        "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", "\u{3BC}", "\u{B5}",
        // Signs with a meaning elsewhere.
        "-", "=", "+", "@", "$(id)", "%s", "%n", "../", "/", "//", "~", "*", "?", "|", ";", "&", "<!--", "]]>", "<a>",
    ]
}
