using System.ComponentModel;

namespace Dfx.Data.Tasks;

/// <summary>The parameters of <see cref="ExpandTask"/>.</summary>
/// <param name="Known">The side of the known middle.</param>
public sealed record ExpandOptions(
    [Description(ExpandOptions.KnownWords)] KnownSide Known = KnownSide.Quarter)
{
    internal const string KnownWords = "Side of the known middle as a part of the image's: quarter, third, half, or random for one of them by chance.";
}
