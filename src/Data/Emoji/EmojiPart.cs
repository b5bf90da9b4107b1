namespace Dfx.Data.Emoji;

/// <summary>Which images of <see cref="EmojiDataset"/> are taken.</summary>
public enum EmojiPart
{
    /// <summary>All 3 786.</summary>
    All,

    /// <summary>The categories "Smileys &amp; Emotion" and "People &amp; Body".</summary>
    Faces,
}
