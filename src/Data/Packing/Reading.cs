using Dfx.Data.Archives;

namespace Dfx.Data.Packing;

/// <summary>How published files are read, for the user to check.</summary>
/// <param name="Parts">What decides the part of an image, as the end of a sentence: "by the folders train/ and test/".</param>
/// <param name="LeftOut">What is not taken.</param>
internal sealed record Reading(string Parts, IReadOnlyList<LeftOut> LeftOut)
{
    /// <summary>What gave the labels, as the end of a sentence: "by dataset.json"; empty for folders.</summary>
    public string Labels { get; init; } = "";
}
