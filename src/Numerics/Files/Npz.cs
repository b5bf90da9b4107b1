namespace Dfx.Numerics.Files;

/// <summary>Tensors in .npz files; see <see cref="NpzFile"/> for what is read and written.</summary>
public static class Npz
{
    /// <summary>Opens a file to read single arrays of it; no array is read.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TensorFileException">Not a zip, a member that is not .npy, a duplicate name, or impossible sizes.</exception>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    public static NpzFile Open(string path) => NpzFile.Open(path);

    /// <summary>Reads every array of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>New contiguous CPU tensors, with the file's shapes and element types; the caller disposes them.</returns>
    /// <exception cref="TensorFileException">The file is malformed, or has an element type that is unknown here or that is
    /// text.</exception>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    public static IReadOnlyDictionary<string, torch.Tensor> Load(string path)
    {
        using var file = NpzFile.Open(path);
        return TensorSet.Read(file.Names, file.Read);
    }

    /// <summary>Reads one array of an open file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">A name of the file.</param>
    /// <returns>A new contiguous CPU tensor; the caller disposes it.</returns>
    /// <exception cref="KeyNotFoundException">The file has no such array.</exception>
    /// <exception cref="TensorFileException">The member is malformed or damaged, or has an element type that is unknown here or that is
    /// text.</exception>
    public static torch.Tensor Read(this NpzFile file, string name)
    {
        ArgumentNullException.ThrowIfNull(file);
        using var reader = file.OpenReader(name);
        return reader.ToTensor();
    }

    /// <summary>Writes tensors to a file, replacing it at once or not at all. bfloat16 is saved as float32, since numpy has no
    /// bfloat16.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="tensors">Names and tensors, written in this order; on any device, of the types <see cref="Npy.Save"/> lists.</param>
    /// <param name="compress">True to deflate the members, false to store them.</param>
    /// <exception cref="ArgumentException">A duplicate name, or an element type that is not listed.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, IEnumerable<KeyValuePair<string, torch.Tensor>> tensors, bool compress = false)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        NpzWriter.Write(path, tensors.Select(pair => KeyValuePair.Create(pair.Key, TensorSource.ForNumpy(pair.Key, pair.Value))), compress);
    }
}
