using Dfx.Data.Recipes;
using Dfx.Sdk;

namespace Dfx.Data.Emoji;

/// <summary>
/// 3 786 emoji of Twitter's set, RGB, 32x32, in the ten categories of the Unicode chart: the images of 64x64 with transparency, laid on
/// white and reduced to means of 2x2 pixels. One in ten base characters, with all its skin tones, is in the test part.
/// </summary>
/// <param name="options">Which images are taken.</param>
/// <remarks>Source: the npm package emoji-datasource-twitter 16.0.0 (MIT; images CC BY 4.0).</remarks>
[Dataset("emoji-32", "Twitter emoji, 32x32", Paper = "emoji-datasource-twitter 16.0.0")]
public sealed class EmojiDataset(EmojiOptions options) : IDataset, IPackedDataset
{
    private readonly IReadOnlyList<string>? _classes = options.Part == EmojiPart.Faces ? EmojiList.Faces : null;

    Recipe IPackedDataset.Recipe => KnownRecipes.Emoji;

    IReadOnlyList<string>? IPackedDataset.Chosen => _classes;

    /// <inheritdoc/>
    public string Fingerprint(DataContext context) => PackedData.Fingerprint(KnownRecipes.Emoji, context, _classes);

    /// <inheritdoc/>
    public IDataSource Open(DataContext context) => PackedData.Open(KnownRecipes.Emoji, context, _classes);
}
