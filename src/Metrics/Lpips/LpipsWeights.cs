using System.Security.Cryptography;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Metrics.Lpips;

/// <summary>The tensors of a trunk and its heads, and the hashes of the two files they come from.</summary>
/// <param name="Tensors">By name, float32 on the CPU; the owner disposes them.</param>
/// <param name="TrunkSha256">Of the classifier's file.</param>
/// <param name="HeadSha256">Of LPIPS's own file.</param>
/// <param name="IsStandard">Whether the classifier's file is torchvision's, by the digits of the hash that its name carries.</param>
internal sealed record LpipsWeights(
    IReadOnlyDictionary<string, torch.Tensor> Tensors, string TrunkSha256, string HeadSha256, bool IsStandard) : IDisposable
{
    /// <summary>Finds and reads the two files.</summary>
    /// <param name="id">The metric's id, under which the user adds the heads.</param>
    /// <param name="trunk">Which network; its weights are added under its name.</param>
    /// <param name="paths">The path of what the user added under an id, or null.</param>
    /// <exception cref="NotApplicableException">One of the two was not added.</exception>
    /// <exception cref="TensorFileException">A file is damaged, lacks a tensor, has one of another shape or with numbers that are not finite, or
    /// a head is negative.</exception>
    public static LpipsWeights Load(string id, LpipsTrunk trunk, Func<string, string?> paths)
    {
        var (body, heads) = (Added(trunk.Name, paths), Added(id, paths));
        using var scope = torch.NewDisposeScope();
        var tensors = Read(body, trunk.Layers.SelectMany(Shapes));
        foreach (var (name, tensor) in Read(heads, trunk.Taps.Select((channels, tap) => (LpipsTrunk.Head(tap), new long[] { 1, channels, 1, 1 }))))
        {
            tensors.Add(name, tensor.min().ToSingle() >= 0 ? tensor : throw new TensorFileException(heads, $"'{name}' has negative weights"));
        }

        foreach (var tensor in tensors.Values)
        {
            tensor.DetachFromDisposeScope();
        }

        var sha256 = Hash(body);
        return new(tensors, sha256, Hash(heads), trunk.Digests.Any(digest => sha256.StartsWith(digest, StringComparison.Ordinal)));
    }

    public void Dispose()
    {
        foreach (var tensor in Tensors.Values)
        {
            tensor.Dispose();
        }
    }

    private static string Added(string id, Func<string, string?> paths) => paths(id)
        ?? throw new NotApplicableException($"the weights {id} are missing: dfx data add {id} FILE.pth");

    private static IEnumerable<(string Name, long[] Shape)> Shapes(LpipsConv layer) =>
        [(layer.Weight, [layer.Outputs, layer.Inputs, layer.Kernel, layer.Kernel]), (layer.Bias, [layer.Outputs])];

    // What else the file has, such as the classifier's last layers, is not read.
    private static Dictionary<string, torch.Tensor> Read(string path, IEnumerable<(string Name, long[] Shape)> expected)
    {
        using var file = PthFile.Open(path);
        return expected.ToDictionary(tensor => tensor.Name, tensor => Read(path, file, tensor.Name, tensor.Shape));
    }

    private static torch.Tensor Read(string path, PthFile file, string name, long[] shape)
    {
        if (!file.Names.Contains(name) || !file.Layout(name).Shape.SequenceEqual(shape))
        {
            throw new TensorFileException(path, $"there is no '{name}' of shape [{string.Join(", ", shape)}]; this is another network's file");
        }

        var tensor = file.Read(name).to(torch.float32);
        return tensor.isfinite().all().ToBoolean() ? tensor : throw new TensorFileException(path, $"'{name}' has numbers that are not finite");
    }

    private static string Hash(string path)
    {
        using var stream = File.OpenRead(RegularFile.Checked(path));
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
