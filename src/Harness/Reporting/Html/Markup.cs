using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Dfx.Harness.Reporting.Html;

/// <summary>A piece of HTML. What stands in the holes of a template is encoded, unless it is such a piece itself.</summary>
/// <param name="Text">The HTML.</param>
internal readonly record struct Markup(string Text)
{
    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);

    internal static Markup None { get; } = new("");

    /// <summary>Fills a template.</summary>
    internal static Markup Of(MarkupTemplate template) => new(template.Text);

    /// <summary>Pieces behind each other.</summary>
    internal static Markup Join(IEnumerable<Markup> pieces) => new(string.Concat(pieces.Select(piece => piece.Text)));

    /// <summary>Text in which nothing has a meaning, for content and quoted attributes alike.</summary>
    internal static string Encode(string text) => s_encoder.Encode(VisibleText.Of(text));
}
