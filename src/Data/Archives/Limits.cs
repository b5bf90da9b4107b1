namespace Dfx.Data.Archives;

/// <summary>What an archive may ask of this machine. Each is far beyond any published dataset.</summary>
internal static class Limits
{
    /// <summary>Bytes of one file; one batch of CIFAR-10 has 31 million.</summary>
    public const long FileBytes = 1L << 28;

    /// <summary>Files of one archive; ImageNet has 1.3 million.</summary>
    public const int Files = 5_000_000;

    /// <summary>Bytes of a long name or of extended attributes in a tar archive.</summary>
    public const int TarMetadata = 1 << 16;

    /// <summary>Deflate packs at most 1032 bytes into one: an archive that promises more lies.</summary>
    public const long Ratio = 1032;

    /// <summary>Bytes that are given for a promise before any of the content is there.</summary>
    public const int FirstPiece = 1 << 20;
}
