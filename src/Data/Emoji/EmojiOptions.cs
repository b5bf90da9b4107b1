using System.ComponentModel;

namespace Dfx.Data.Emoji;

/// <summary>The parameters of <see cref="EmojiDataset"/>.</summary>
/// <param name="Part">Which images are taken.</param>
public sealed record EmojiOptions(
    [Description("all, or faces: the categories Smileys & Emotion and People & Body.")] EmojiPart Part = EmojiPart.All);
