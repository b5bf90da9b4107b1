using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Data.FashionMnist;

/// <summary>The parameters of <see cref="FashionMnistDataset"/>.</summary>
/// <param name="Size">The side of the images in pixels.</param>
public sealed record FashionMnistOptions(
    [Description("The side of the images in pixels: 28, or 14 for means of 2x2 pixels, rounded half up.")]
    [Range(14, 28)]
    int Size = FashionMnistOptions.FullSize)
{
    internal const int FullSize = 28;
    internal const int HalfSize = 14;
}
