namespace Dfx.Numerics.Files;

/// <summary>The checked directory of a zip whose members are npy files.</summary>
internal sealed class NpzDirectory : IDisposable
{
    /// <summary>What every member's name ends with.</summary>
    public const string Extension = ".npy";

    private readonly FilePlace _place;
    private readonly ZipDirectory _zip;

    private NpzDirectory(FilePlace place, ZipDirectory zip)
    {
        (_place, _zip) = (place, zip);
        Names = [.. zip.Names.Select(name => name[..^Extension.Length])];
    }

    /// <summary>The members' names without the extension, in the directory's order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <exception cref="TensorFileException">Not a zip, or a member that cannot be one of an npz file.</exception>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    public static NpzDirectory Open(string path) => new(new(path), ZipDirectory.Open(path, entry =>
        entry.FullName.EndsWith(Extension, StringComparison.Ordinal)
            ? null
            : "not an array; expected every member of an npz file to end in .npy"));

    /// <summary>Opens one member's unpacked bytes.</summary>
    /// <exception cref="KeyNotFoundException">There is no such member.</exception>
    /// <exception cref="TensorFileException">The member's local header is damaged.</exception>
    public ByteSource OpenMember(string name) => _zip.Length(name + Extension) is null
        ? throw NearestName.Missing(_place, "array", name, Names)
        : _zip.OpenMember(name + Extension);

    public void Dispose() => _zip.Dispose();
}
