using System.Text;

namespace Dfx.Harness.Reporting.Grids;

/// <summary>Plain text as LaTeX.</summary>
internal static class LatexText
{
    /// <summary>What tells a control character from the one that caret notation names it by: ^[ is escape. Fonts of LaTeX have no pictures of them.</summary>
    private const char CaretBit = '\u0040';

    /// <summary>The text with everything that LaTeX would take for a command made harmless, and the signs of tables as its own.</summary>
    internal static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        var last = '\0';
        foreach (var c in text.ReplaceLineEndings(" "))
        {
            // Two of these are one sign of their own: a dash, a quotation mark.
            escaped.Append(c == last && c is '-' or '\'' or ',' ? "{}" : "").Append(Of(c));
            last = c;
        }

        return escaped.ToString();
    }

    private static string Of(char c) => c switch
    {
        '&' or '%' or '$' or '#' or '_' or '{' or '}' => $"\\{c}",
        '\\' => "\\textbackslash{}",
        '`' => "\\textasciigrave{}",
        '"' => "\\char34{}",
        '~' => "\\textasciitilde{}",
        '^' => "\\textasciicircum{}",
        '|' => "\\textbar{}",
        '<' => "$<$",
        '>' => "$>$",
        '±' => "$\\pm$",
        '−' => "$-$",
        '×' => "$\\times$",
        '·' => "$\\cdot$",
        '→' => "$\\rightarrow$",
        '↑' => "$\\uparrow$",
        '↓' => "$\\downarrow$",
        'Δ' => "$\\Delta$",
        'σ' => "$\\sigma$",
        '≤' => "$\\leq$",
        '≥' => "$\\geq$",
        '²' => "\\textsuperscript{2}",
        '\t' => " ",
        < ' ' or '\u007f' => $"\\textasciicircum{{}}{Of((char)(c ^ CaretBit))}",
        > '\u007f' and <= '\u009f' => Escape(VisibleText.Of(c)),
        _ => c.ToString(),
    };
}
