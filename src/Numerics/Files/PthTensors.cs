namespace Dfx.Numerics.Files;

/// <summary>Tensors in PyTorch's .pth files; see <see cref="PthFile"/> for what is read.</summary>
public static class PthTensors
{
    /// <summary>Reads every tensor of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>New contiguous CPU tensors, with the file's shapes and element types; the caller disposes them.</returns>
    /// <exception cref="TensorFileException">The file is damaged, of another kind, or asks for more than tensors.</exception>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    public static IReadOnlyDictionary<string, torch.Tensor> Load(string path)
    {
        using var file = PthFile.Open(path);
        return TensorSet.Read(file.Names, file.Read);
    }

    /// <summary>Reads one tensor of an open file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">A name of the file.</param>
    /// <returns>A new contiguous CPU tensor; the caller disposes it.</returns>
    /// <exception cref="KeyNotFoundException">The file has no such tensor.</exception>
    /// <exception cref="TensorFileException">A checksum differs, or a bool is neither 0 nor 1.</exception>
    public static torch.Tensor Read(this PthFile file, string name)
    {
        ArgumentNullException.ThrowIfNull(file);
        using var reader = file.OpenReader(name);
        return reader.ToTensor();
    }
}
