using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Dfx.Harness.Reporting.Html;

/// <summary>An interpolated string that becomes HTML: its literal parts as they are, its holes encoded, in the invariant culture.</summary>
[InterpolatedStringHandler]
internal readonly struct MarkupTemplate(int literalLength, int holes)
{
    private const int PerHole = 32;

    private readonly StringBuilder _text = new(literalLength + (holes * PerHole));

    internal string Text => _text.ToString();

    public void AppendLiteral(string text) => _text.Append(text);

    public void AppendFormatted(Markup piece) => _text.Append(piece.Text);

    public void AppendFormatted(IEnumerable<Markup> pieces)
    {
        foreach (var piece in pieces)
        {
            _text.Append(piece.Text);
        }
    }

    public void AppendFormatted(string? text) => _text.Append(Markup.Encode(text ?? ""));

    public void AppendFormatted(int number) => _text.Append(number.ToString(CultureInfo.InvariantCulture));
}
