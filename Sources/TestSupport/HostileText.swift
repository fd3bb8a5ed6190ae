public import Testing

/// Text as those write it who want a program to take it for something else: one table for every language that text
/// enters.
public struct HostileText: Sendable, CustomTestStringConvertible {
    /// What it is made of.
    public let name: String
    /// The text itself.
    public let text: String

    /// The name: the text itself would act on whoever reads the list of tests.
    public var testDescription: String { name }

    private init(_ name: String, _ text: String) {
        self.name = name
        self.text = text
    }

    /// Every class of it.
    public static let all: [HostileText] = quotes + programs + controls + beginnings + markup + sizes

    /// Without those that hold a zero byte, which no argument and no variable can hold.
    public static let withoutZero = all.filter { !$0.text.utf8.contains(0) }

    private static let quotes = [
        HostileText("single quote", "it's"),
        HostileText("single quotes, doubled", "a''b"),
        HostileText("single quotes only", "''"),
        HostileText("single quote at the start", "'x"),
        HostileText("double quotes", "say \"x\" \"\""),
        HostileText("double quote at the end", "x\""),
        HostileText("quote with an accent", "x'\u{301}`touch made-by-a-quote`"),
        HostileText("double quote with an accent", "x\"\u{301}`touch made-by-a-quote`"),
        HostileText("quote with a joiner", "x'\u{200D}; touch made-by-a-joiner; '"),
        HostileText("quote with a variation selector", "x'\u{FE0F}$(touch made-by-a-selector)'"),
        HostileText("backslash before a quote", "a\\' b\\\" c\\"),
        HostileText("backslashes", "\\n\\t\\\\ \\047\\x27\\u0027 \\"),
    ]

    private static let programs = [
        HostileText("backquotes", "`touch made-by-backquotes`"),
        HostileText("long runs of backquotes", "``` x ````` y `"),
        HostileText("dollar and parentheses", "$(touch made-by-a-dollar) ${HOME} $HOME $'x' $\"y\""),
        HostileText("separators of commands", "a; touch made-by-a-separator & b | c > d < e && f || g"),
        HostileText("macros, markup and formats of gnuplot", "@x {/Symbol a} a_{b}^{c} &{d} ~e{f} %g %s %n %% %h 5%"),
        HostileText("percent with an accent", "5%\u{301} %\u{301}s"),
        HostileText("end of a data block", "EOD"),
        HostileText("placeholders", "{{name}} \\(x) #{y} <%= z %> %(w)s"),
        HostileText("SQL", "x'; DROP TABLE runs; --"),
        HostileText("options of QEMU", "a,b=c,,d,file=/etc/passwd"),
    ]

    private static let controls: [HostileText] = [
        HostileText("line feed", "a\nb"),
        HostileText("CR LF, which is one Character", "a\r\nb\r\n"),
        HostileText("CR alone", "progress 1\rprogress 2"),
        HostileText("tab, form feed, vertical tab", "a\tb\u{C}c\u{B}d"),
        HostileText("separators of lines and paragraphs", "a\u{2028}b\u{2029}c\u{85}d"),
        HostileText("zero byte", "a\0b"),
        HostileText("zero byte with an accent", "a\0\u{301}b"),
        HostileText(
            "escape sequences", "\u{1B}[31mred\u{1B}[0m \u{1B}]0;title\u{7} \u{1B}]8;;http://x\u{1B}\\y \u{1B}[201~"),
        HostileText("eight-bit escape sequences", "\u{9B}31mred \u{9D}0;title\u{9C}"),
        HostileText("bell and backspace", "a\u{7}b\u{8}\u{8}c\u{7F}"),
        HostileText("direction of reading", "a\u{202E}gnp.exe\u{202C} \u{2066}x\u{2069} \u{200F}y\u{200E}\u{61C}"),
        HostileText("what XML forbids", "\u{1}\u{FFFE}\u{FFFF}\u{B}"),
        HostileText(
            "every C0 control", String(String.UnicodeScalarView((0x00...0x1F).compactMap(Unicode.Scalar.init)))),
        HostileText(
            "every C1 control", String(String.UnicodeScalarView((0x7F...0x9F).compactMap(Unicode.Scalar.init)))),
        HostileText("accents without a letter", "\u{301}\u{20DD}x"),
    ]

    private static let beginnings = [
        "-", "--help", "=1+1", "+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "=\u{301}1", "＝1+1", "# x", "~", "",
    ]
    .enumerated().map { HostileText($1.isEmpty ? "nothing" : "beginning \($0 + 1)", $1) }

    private static let markup = [
        HostileText("tags", "</td><script>alert(1)</script><img src=x onerror=alert(1)>"),
        HostileText("attributes", "\" onmouseover=\"alert(1)\" x='"),
        HostileText("end of CDATA", "]]> <![CDATA[ --> <!-- ?>"),
        HostileText("entities", "&lt;b&gt; &#39; &amp;amp;"),
        HostileText("Markdown", "a|b \\| *c* _d_ [e](javascript:x) ![f](g) ~~h~~ $i$ # j"),
        HostileText("tag with an accent", "<\u{301}b>|\u{301}x"),
        HostileText("commas", "a,b,\"c\""),
        HostileText("paths", "../../etc/passwd"),
        HostileText("path with an accent", "a/\u{301}../b"),
    ]

    private static let sizes = [
        HostileText("blanks", "   a   "),
        HostileText("very long", String(repeating: "long'\"`", count: 6_000)),
        HostileText("very many accents", "a" + String(repeating: "\u{301}", count: 6_000)),
    ]
}
