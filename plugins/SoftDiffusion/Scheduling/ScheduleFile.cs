using System.Security.Cryptography;
using System.Text.Json;

namespace Dfx.SoftDiffusion;

/// <summary>A schedule as JSON: what it was found from, and the nodes with their distances.</summary>
internal static class ScheduleFile
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower,
        WriteIndented = true,
    };

    /// <summary>The text of the file.</summary>
    /// <param name="options">The method's parameters.</param>
    /// <param name="corruption">Its corruption.</param>
    /// <param name="graph">The candidates.</param>
    /// <param name="path">The nodes.</param>
    /// <param name="images">The images that distances were measured on, [N, C, H, W] in [0, 1].</param>
    internal static string Text(SoftOptions options, ILinearCorruption corruption, ScheduleGraph graph, NodePath path, torch.Tensor images) => JsonSerializer.Serialize(
        new
        {
            Data = Data(images),
            Corruption = Corruption(options, corruption),
            Candidates = new { Count = options.Candidates, Spacing = Name(options.Spacing), Kept = graph.Kept.Count },
            Distance = Name(options.Distance),
            Eps = path.Bound,
            Nodes = path.Levels,
            Distances = path.Edges,
            Length = path.Edges.Sum(),
        },
        s_json) + "\n";

    private static object Data(torch.Tensor images) => new
    {
        Channels = images.shape[1],
        Height = images.shape[2],
        Width = images.shape[3],
        Range = (double[])[0, 1],
        Images = images.shape[0],
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(images.contiguous().bytes)),
    };

    private static object Corruption(SoftOptions options, ILinearCorruption corruption) => corruption switch
    {
        GaussianBlur blur => new { Kind = Name(options.Corruption), Kernel = (2 * blur.HalfWidth) + 1, blur.Least, blur.Most },
        Masking mask => new { Kind = Name(options.Corruption), mask.Rings, mask.Softness, mask.Least, mask.Most },
        _ => new { Kind = Name(options.Corruption), corruption.Least, corruption.Most },
    };

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
