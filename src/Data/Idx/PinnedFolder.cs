using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Data.Idx;

/// <summary>
/// Reads pinned files from a folder, gzip or plain. Gzip files are unpacked once, into a cache: the copy is named by the SHA-256 of the
/// packed bytes and written after the content was checked, so that its existence says "these packed bytes hold the pinned content".
/// </summary>
/// <param name="folder">Where the files lie.</param>
/// <param name="cache">Where unpacked copies lie; may be emptied at any time.</param>
/// <param name="remedy">How to get the files, for errors.</param>
internal sealed class PinnedFolder(string folder, string cache, string remedy)
{
    /// <summary>Makes sure that the file is there and holds the pinned content.</summary>
    /// <exception cref="DataUnavailableException">It is missing, unreadable, or has another content.</exception>
    public void Verify(PinnedFile pin) => Guarded(pin, () =>
    {
        var (path, file) = Load(pin);
        if (!IdxReader.IsGzip(file))
        {
            pin.Check(file, path);
        }
        else if (new FileInfo(Unpacked(file)) is not { Exists: true } copy || copy.Length != pin.Length)
        {
            Unpack(pin, path, file);
        }

        return true;
    });

    /// <summary>Reads the file.</summary>
    /// <exception cref="DataUnavailableException">It is missing, unreadable, or has another content.</exception>
    public IdxArray Read(PinnedFile pin) => Guarded(pin, () =>
    {
        var (path, file) = Load(pin);
        if (IdxReader.IsGzip(file))
        {
            return FromCache(pin, file) ?? Unpack(pin, path, file);
        }

        pin.Check(file, path);
        return IdxReader.Read(file, path);
    });

    /// <summary>Refuses an unpacked copy that is no longer the pinned content; reading the file makes it anew.</summary>
    /// <exception cref="DataUnavailableException">The copy is damaged.</exception>
    public void VerifyCopy(PinnedFile pin) => Guarded(pin, () =>
    {
        var (_, file) = Load(pin);
        if (IdxReader.IsGzip(file) && File.Exists(Unpacked(file)))
        {
            pin.Check(File.ReadAllBytes(RegularFile.Checked(Unpacked(file))), Unpacked(file));
        }

        return true;
    });

    // A copy that was damaged since is not an error: the packed file is there to make it again.
    private IdxArray? FromCache(PinnedFile pin, byte[] packed)
    {
        var copy = Unpacked(packed);
        var content = File.Exists(copy) ? File.ReadAllBytes(RegularFile.Checked(copy)) : [];
        return PinnedFile.Hash(content) == pin.Sha256 ? IdxReader.Read(content, copy) : null;
    }

    private IdxArray Unpack(PinnedFile pin, string path, byte[] packed)
    {
        var array = IdxReader.Read(packed, path);
        pin.Check(array.Content, path);
        AtomicFile.Write(Unpacked(packed), stream => stream.Write(array.Content));
        return array;
    }

    private string Unpacked(byte[] packed) => Path.Combine(cache, $"{PinnedFile.Hash(packed)}.idx");

    private (string Path, byte[] File) Load(PinnedFile pin)
    {
        var plain = Path.Combine(folder, pin.Name);
        var path = new[] { plain, plain + ".gz" }.FirstOrDefault(File.Exists)
            ?? throw new DataUnavailableException($"{plain}(.gz): no such file. {remedy}");
        return (path, File.ReadAllBytes(RegularFile.Checked(path)));
    }

    private T Guarded<T>(PinnedFile pin, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataUnavailableException($"{Path.Combine(folder, pin.Name)}: cannot be read or unpacked to {cache}: {error.Message}", error);
        }
    }
}
