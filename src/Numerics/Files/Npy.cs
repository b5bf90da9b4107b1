namespace Dfx.Numerics.Files;

/// <summary>Tensors in .npy files; see <see cref="NpyFile"/> for what is read and written.</summary>
public static class Npy
{
    /// <summary>Reads the file's array.</summary>
    /// <param name="path">The file.</param>
    /// <returns>A new contiguous CPU tensor, also when the file is in Fortran order; the caller disposes it.</returns>
    /// <exception cref="TensorFileException">The file is malformed, or has an element type that is unknown here or that is
    /// text.</exception>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    public static torch.Tensor Load(string path)
    {
        using var reader = NpyFile.OpenReader(path);
        return reader.ToTensor();
    }

    /// <summary>Writes a tensor, replacing the file at once or not at all. bfloat16 is saved as float32, since numpy has no
    /// bfloat16.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="tensor">On any device, of type bool, uint8, int8 to int64, float16, bfloat16, float32 or float64.</param>
    /// <exception cref="ArgumentException">The element type is not listed.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, torch.Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        NpyFile.Write(path, TensorSource.ForNumpy(Path.GetFileName(path), tensor));
    }
}
