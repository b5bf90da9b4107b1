namespace Dfx.Data.Emoji;

/// <summary>The published archive.</summary>
internal static class EmojiPackage
{
    /// <summary>What the npm client is asked for.</summary>
    public const string Specification = "emoji-datasource-twitter@16.0.0";

    /// <summary>The archive's SHA-256.</summary>
    public const string Sha256 = "f64a530c63bca463bd8317fdc4615ce63a53a0c65018e4ce2d848aaba7a28877";

    /// <summary>The archive's bytes.</summary>
    public const long Length = 61_683_754;
}
