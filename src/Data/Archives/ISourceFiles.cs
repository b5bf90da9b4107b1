namespace Dfx.Data.Archives;

/// <summary>The files of a folder or an archive. Safe for reading from several threads.</summary>
internal interface ISourceFiles : IDisposable
{
    /// <summary>The folder or archive as the user named it, for errors.</summary>
    string Origin { get; }

    /// <summary>Names of all files from the root on, with '/' between folders, sorted by their characters' codes.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>What lies there and is not among the names: hidden files, folders that cannot be read.</summary>
    IReadOnlyList<LeftOut> LeftOut { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="name">One of the names.</param>
    /// <param name="memory">Memory to use; replaced by larger one where it does not suffice.</param>
    /// <returns>The content, in that memory.</returns>
    /// <exception cref="InvalidDataException">The content cannot be unpacked, fails its checksum, or is too large for one image.</exception>
    ReadOnlySpan<byte> Read(string name, ref byte[] memory);
}
