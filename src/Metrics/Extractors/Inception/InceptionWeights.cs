using System.Globalization;
using System.Security.Cryptography;
using Dfx.Numerics.Files;

namespace Dfx.Metrics.Extractors.Inception;

/// <summary>The network's tensors and where they come from.</summary>
/// <param name="Tensors">All tensors of <see cref="InceptionPlan"/>, float32 on the CPU; the owner disposes them.</param>
/// <param name="Sha256">Of the file.</param>
/// <param name="IsStandard">Whether it is the file that published numbers use.</param>
internal sealed record InceptionWeights(IReadOnlyDictionary<string, torch.Tensor> Tensors, string Sha256, bool IsStandard) : IDisposable
{
    /// <summary>
    /// The SHA-256 of <c>weights-inception-2015-12-05-6726825d.pth</c>, which torch-fidelity published and pytorch-fid under another name.
    /// </summary>
    public const string StandardSha256 = "6726825d0af5f729cebd5821db510b11b1cfad8faad88a03f1befd49fb9129b2";

    /// <summary>The length of that file.</summary>
    public const long StandardLength = 95_628_359;

    // Counters of training steps, which some versions of PyTorch write and inference does not need.
    private const string Counter = ".num_batches_tracked";

    /// <summary>Reads a .pth file and checks that it has the network's names and shapes, and finite numbers.</summary>
    /// <exception cref="TensorFileException">The file is damaged, or holds another network; the message names the tensor.</exception>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    public static InceptionWeights Load(string path)
    {
        var (length, sha256) = Identity(path);
        using var scope = torch.NewDisposeScope();
        using var file = PthFile.Open(path);
        CheckNames(path, file);
        var tensors = InceptionPlan.Tensors.ToDictionary(tensor => tensor.Name, tensor => Read(path, file, tensor.Name));
        return new(tensors, sha256, IsPublished(length, sha256));
    }

    /// <summary>Whether a file of that length and hash is the published one.</summary>
    public static bool IsPublished(long length, string sha256) => length == StandardLength && sha256 == StandardSha256;

    public void Dispose()
    {
        foreach (var tensor in Tensors.Values)
        {
            tensor.Dispose();
        }
    }

    private static (long Length, string Sha256) Identity(string path)
    {
        using var stream = File.OpenRead(RegularFile.Checked(path));
        return (stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    private static void CheckNames(string path, PthFile file)
    {
        var expected = InceptionPlan.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Shape);
        foreach (var name in file.Names.Where(name => !name.EndsWith(Counter, StringComparison.Ordinal)))
        {
            if (!expected.Remove(name, out var shape))
            {
                throw Other(path, $"it has a tensor '{name}'");
            }

            if (!shape.SequenceEqual(file.Layout(name).Shape))
            {
                throw Other(path, $"'{name}' has the shape [{Text(file.Layout(name).Shape)}] in place of [{Text(shape)}]");
            }
        }

        if (expected.Count > 0)
        {
            throw Other(path, $"it lacks '{expected.Keys.First()}' and {expected.Count - 1} others");
        }
    }

    private static torch.Tensor Read(string path, PthFile file, string name)
    {
        using var read = file.Read(name);
        var tensor = read.to(torch.float32);
        return tensor.isfinite().all().ToBoolean()
            ? tensor.DetachFromDisposeScope()
            : throw new TensorFileException(path, $"'{name}' has numbers that are not finite");
    }

    private static TensorFileException Other(string path, string what) => new(path,
        $"this is not the Inception-v3 of FID: {what}. torchvision's Inception is another network; take weights-inception-2015-12-05-6726825d.pth");

    private static string Text(IEnumerable<long> shape) => string.Join(", ", shape.Select(extent => extent.ToString(CultureInfo.InvariantCulture)));
}
