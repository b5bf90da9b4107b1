using System.Text;

namespace Dfx.Harness.Reporting.Grids;

/// <summary>Plain text as LaTeX.</summary>
internal static class LatexText
{
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
        _ => c.ToString(),
    };
}
