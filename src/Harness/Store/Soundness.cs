using Dfx.Data.Images;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Store;

/// <summary>
/// Whether a file of artifacts is the one that was written: by the checksum that its kind of file has, which finds a changed bit, and by the one that the job's
/// record has of it, which finds a sound file of another job in its place.
/// </summary>
internal static class Soundness
{
    private const string Sealed = ".safetensors";

    /// <summary>Why a file cannot be used: it was changed or swapped, or cannot be read. Null if it is sound, or nothing is known of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="record">The record of the job that made it, if it is known.</param>
    internal static string? Problem(string path, JobRecord? record)
    {
        try
        {
            switch (Path.GetExtension(path))
            {
                case Sealed:
                    Safetensors.Verify(path);
                    SafetensorsFile.Open(path).Dispose();
                    break;
                case ".npz":
                    NpzFile.Verify(path);
                    break;
                case ".png":
                    _ = Png.DecodePixels(File.ReadAllBytes(RegularFile.Checked(path)));
                    break;
            }

            return record?.Checksums?.GetValueOrDefault(Path.GetFileName(path)) is { } written && written != Of(path)
                ? $"it is not the file that record {record.Key[..12]} tells of (checksum {written})"
                : null;
        }
        catch (Exception e) when (e is TensorFileException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return e.Message;
        }
    }

    /// <summary>The checksums of a job's files by their names, for its record. Most are in the page cache, and those of checkpoints in their headers.</summary>
    /// <exception cref="IOException">A file is missing or unreadable.</exception>
    internal static IReadOnlyDictionary<string, string>? Of(string folder, IReadOnlyList<string> files) =>
        files.Count == 0 ? null : files.Distinct(StringComparer.Ordinal).ToDictionary(name => name, name => Of(Path.Combine(folder, name)), StringComparer.Ordinal);

    private static string Of(string path) => (Path.GetExtension(path) == Sealed ? Safetensors.SealOf(path) : null) ?? Checksum.OfFile(path);
}
