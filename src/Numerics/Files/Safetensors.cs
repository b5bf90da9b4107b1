namespace Dfx.Numerics.Files;

/// <summary>Tensors in safetensors files.</summary>
/// <remarks>Source: the format section of github.com/huggingface/safetensors.</remarks>
public static class Safetensors
{
    /// <summary>Reads every tensor of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>New contiguous CPU tensors, with the file's shapes and element types; the caller disposes them.</returns>
    /// <exception cref="TensorFileException">The file breaks a rule of the format, or has a dtype that is unknown here.</exception>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    public static IReadOnlyDictionary<string, torch.Tensor> Load(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return TensorSet.Read(file.Names, file.Read);
    }

    /// <summary>Reads one tensor of an open file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">A name of the file.</param>
    /// <returns>A new contiguous CPU tensor; the caller disposes it.</returns>
    /// <exception cref="KeyNotFoundException">The file has no such tensor.</exception>
    /// <exception cref="TensorFileException">A bool is neither 0 nor 1.</exception>
    public static torch.Tensor Read(this SafetensorsFile file, string name)
    {
        ArgumentNullException.ThrowIfNull(file);
        using var reader = file.OpenReader(name);
        return reader.ToTensor();
    }

    /// <summary>Writes tensors to a file, replacing it at once or not at all. Equal arguments give equal bytes.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="tensors">Names and tensors in any order, on any device, of type bool, uint8, int8 to int64, float16, bfloat16, float32
    /// or float64.</param>
    /// <param name="metadata">The free-form string map, if any.</param>
    /// <exception cref="ArgumentException">A duplicate or reserved name, or an element type that is not listed.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(
        string path, IEnumerable<KeyValuePair<string, torch.Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        SafetensorsWriter.Write(path, TensorSource.Exact(tensors), metadata);
    }

    /// <summary>Writes as <see cref="Save"/> does, with a checksum of the whole file in its string map, which <see cref="Verify"/> compares.</summary>
    /// <inheritdoc cref="Save"/>
    public static void SaveSealed(
        string path, IEnumerable<KeyValuePair<string, torch.Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        SafetensorsWriter.WriteSealed(path, TensorSource.Exact(tensors), metadata);
    }

    /// <summary>The checksum that a file carries (16 hexadecimal digits); null if it has none. It says which of several sealed files this is; the file is not compared with it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TensorFileException">It begins with no header of such a file.</exception>
    /// <exception cref="IOException">It is missing or unreadable.</exception>
    public static string? SealOf(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return SafetensorsSeal.Of(path);
    }

    /// <summary>Reads all bytes of a file and compares them with the checksum that it was written with; one without a checksum passes.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TensorFileException">A bit of it has changed.</exception>
    /// <exception cref="IOException">It is missing or unreadable.</exception>
    public static void Verify(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SafetensorsSeal.Verify(path);
    }
}
