using Dfx.Data.Images;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Store;

/// <summary>Whether a file of artifacts is the one that was written, by the checksums that its kind of file has.</summary>
internal static class Soundness
{
    /// <summary>Why a file cannot be used: a bit of it changed, or it cannot be read. Null if it is sound, or of a kind that has no checksum.</summary>
    internal static string? Problem(string path)
    {
        try
        {
            switch (Path.GetExtension(path))
            {
                case ".safetensors":
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

            return null;
        }
        catch (Exception e) when (e is TensorFileException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return e.Message;
        }
    }
}
