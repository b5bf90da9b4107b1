using System.Globalization;
using System.Security.Cryptography;
using Dfx.Numerics.Files;

namespace Dfx.Diffusion;

/// <summary>The tensors of a trunk and its heads, and the hashes of the two files they come from.</summary>
/// <param name="Tensors">By name, float32 on the CPU; the owner disposes them.</param>
/// <param name="TrunkSha256">Of the classifier's file.</param>
/// <param name="HeadSha256">Of LPIPS's own file.</param>
/// <param name="IsStandard">Whether the classifier's file is torchvision's, by the digits of the hash that its name carries.</param>
internal sealed record LpipsWeights(
    IReadOnlyDictionary<string, torch.Tensor> Tensors, string TrunkSha256, string HeadSha256, bool IsStandard) : IDisposable
{
    /// <summary>Finds and reads the two files.</summary>
    /// <param name="id">The id under which the user adds the heads: the metric's, or the training distance's.</param>
    /// <param name="trunk">Which network; its weights are added under its name.</param>
    /// <param name="paths">The path of what the user added under an id, or null.</param>
    /// <exception cref="NotApplicableException">One of the two was not added.</exception>
    /// <exception cref="TensorFileException">A file is damaged, lacks a tensor, has one of another shape or with numbers that are not finite, or
    /// a head is negative.</exception>
    public static LpipsWeights Load(string id, LpipsTrunk trunk, Func<string, string?> paths)
    {
        var (body, heads) = Added(id, trunk, paths);
        using var scope = torch.NewDisposeScope();
        var tensors = Read(body, trunk.Layers.SelectMany(Shapes), Whole);
        foreach (var (name, tensor) in Read(heads, HeadShapes(trunk), Whole))
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

    /// <summary>Whether the two files are there and have the tensors that are needed; their numbers are not read.</summary>
    /// <inheritdoc cref="Load" path="/param"/>
    /// <exception cref="NotApplicableException">One of the two was not added.</exception>
    /// <exception cref="TensorFileException">A file is damaged, lacks a tensor or has one of another shape.</exception>
    public static void Check(string id, LpipsTrunk trunk, Func<string, string?> paths)
    {
        var (body, heads) = Added(id, trunk, paths);
        _ = Read(body, trunk.Layers.SelectMany(Shapes), static (_, _, name) => name);
        _ = Read(heads, HeadShapes(trunk), static (_, _, name) => name);
    }

    public void Dispose()
    {
        foreach (var tensor in Tensors.Values)
        {
            tensor.Dispose();
        }
    }

    private static (string Body, string Heads) Added(string id, LpipsTrunk trunk, Func<string, string?> paths) => (Added(trunk.Name, paths), Added(id, paths));

    private static string Added(string id, Func<string, string?> paths) => paths(id)
        ?? throw new NotApplicableException($"the weights {id} are missing: dfx data add {id} FILE.pth");

    private static IEnumerable<(string Name, long[] Shape)> Shapes(LpipsConv layer) =>
        [(layer.Weight, [layer.Outputs, layer.Inputs, layer.Kernel, layer.Kernel]), (layer.Bias, [layer.Outputs])];

    private static IEnumerable<(string Name, long[] Shape)> HeadShapes(LpipsTrunk trunk) =>
        trunk.Taps.Select((channels, tap) => (LpipsTrunk.Head(tap), new long[] { 1, channels, 1, 1 }));

    // What else the file has, such as the classifier's last layers, is not read. A list has numbers for names, in the order of what is expected.
    private static Dictionary<string, T> Read<T>(string path, IEnumerable<(string Name, long[] Shape)> expected, Func<string, PthFile, string, T> read)
    {
        using var file = PthFile.Open(path);
        return expected.Index().ToDictionary(
            tensor => tensor.Item.Name, tensor => read(path, file, Checked(path, file, file.IsList ? Number(tensor.Index) : tensor.Item.Name, tensor.Item.Shape)));
    }

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static string Checked(string path, PthFile file, string name, long[] shape) => file.Names.Contains(name) && file.Layout(name).Shape.SequenceEqual(shape)
        ? name
        : throw new TensorFileException(path, $"there is no '{name}' of shape [{string.Join(", ", shape)}]; this is another network's file");

    private static torch.Tensor Whole(string path, PthFile file, string name)
    {
        var tensor = file.Read(name).to(torch.float32);
        return tensor.isfinite().all().ToBoolean() ? tensor : throw new TensorFileException(path, $"'{name}' has numbers that are not finite");
    }

    private static string Hash(string path)
    {
        using var stream = File.OpenRead(RegularFile.Checked(path));
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
