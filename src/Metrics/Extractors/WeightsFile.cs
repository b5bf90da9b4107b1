using System.Reflection;
using System.Security.Cryptography;
using Dfx.Numerics;
using Dfx.Numerics.Files;

namespace Dfx.Metrics.Extractors;

/// <summary>Weights that this assembly carries as safetensors.</summary>
internal static class WeightsFile
{
    /// <summary>The file's bytes.</summary>
    public static byte[] Bytes(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"this build of Dfx.Metrics carries no {name}: train it with dfx extractor train and build again");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>The SHA-256 of the bytes as 64 hexadecimal digits.</summary>
    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Loads the tensors into a network. They pass through a file, because safetensors are read by mapping one.</summary>
    public static void Load(byte[] bytes, torch.nn.Module network)
    {
        var path = Path.Combine(Path.GetTempPath(), $"dfx-{Guid.NewGuid():N}.safetensors");
        using var scope = torch.NewDisposeScope();
        try
        {
            FileLimit.Guard(path, () => File.WriteAllBytes(path, bytes));
            network.CopyWeights(Safetensors.Load(path).ToDictionary());
        }
        finally
        {
            File.Delete(path);
        }
    }
}
