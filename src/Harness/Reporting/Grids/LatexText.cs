using System.Text;

namespace Dfx.Harness.Reporting.Grids;

/// <summary>Plain text as LaTeX.</summary>
internal static class LatexText
{
    /// <summary>The text with everything that LaTeX would take for a command made harmless, and the signs of tables as its own.</summary>
    internal static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text.ReplaceLineEndings(" "))
        {
            escaped.Append(Of(c));
        }

        return escaped.ToString();
    }

    private static string Of(char c) => c switch
    {
        '&' or '%' or '$' or '#' or '_' or '{' or '}' => $"\\{c}",
        '\\' => "\\textbackslash{}",
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
