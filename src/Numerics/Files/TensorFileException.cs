namespace Dfx.Numerics.Files;

/// <summary>A tensor file does not follow its format, or holds something this library cannot represent.</summary>
/// <remarks>A file that is missing or unreadable gives the usual <see cref="IOException"/> or
/// <see cref="UnauthorizedAccessException"/>.</remarks>
public sealed class TensorFileException : IOException
{
    /// <summary>Describes one problem of one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What is wrong, where in the file, what was expected.</param>
    /// <param name="inner">The error that showed it, if any.</param>
    public TensorFileException(string path, string problem, Exception? inner = null)
        : base($"{path}: {problem}", inner) => Path = path;

    /// <summary>The file, as it was named by the caller.</summary>
    public string Path { get; }
}
