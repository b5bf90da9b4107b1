using System.Globalization;
using System.Text.RegularExpressions;

namespace Dfx.Benchmarks.Edm;

/// <summary>A layer of a U-Net by itself: its weight and the side of the images that leave it.</summary>
internal sealed record NetworkLayer(string Name, long[] Weight, long Side)
{
    internal bool IsConvolution => Weight.Length == 4;

    internal bool IsWide => IsConvolution && Weight[2] == 3;

    /// <summary>Multiplications and additions for a batch, both counted.</summary>
    internal double Operations(int batch) => IsConvolution ? 2.0 * batch * Side * Side * Weight.Aggregate(1L, (a, b) => a * b) : 0;
}

/// <summary>The convolutions and norms of a network, by the names that EDM's networks have: <c>enc.32x32_block0.conv0.weight</c>.</summary>
internal static partial class NetworkLayers
{
    internal static IReadOnlyList<NetworkLayer> Of(torch.nn.Module network) =>
    [
        .. from p in network.named_parameters()
           let side = Side().Match(p.name)
           where side.Success && p.name.EndsWith(".weight", StringComparison.Ordinal)
           let layer = new NetworkLayer(p.name, p.parameter.shape, long.Parse(side.Groups[1].Value, CultureInfo.InvariantCulture))
           where layer.IsConvolution || layer.Name.Contains("norm", StringComparison.Ordinal)
           select layer,
    ];

    [GeneratedRegex(@"\.(\d+)x\d+_")]
    private static partial Regex Side();
}
