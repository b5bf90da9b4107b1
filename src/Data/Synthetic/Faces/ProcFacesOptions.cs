using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Data.Synthetic.Faces;

/// <summary>The parameters of <see cref="ProcFacesDataset"/>.</summary>
/// <param name="Size">The side of the images in pixels.</param>
/// <param name="Train">How many training images.</param>
/// <param name="Test">How many test images.</param>
/// <param name="Seed">The seed of the draws.</param>
public sealed record ProcFacesOptions(
    [Description("Side of the images in pixels.")][Range(16, 256)] int Size = 32,
    [Description("How many training images.")][Range(2, 1_000_000)] int Train = 20_000,
    [Description("How many test images.")][Range(2, 1_000_000)] int Test = 2_000,
    [Description("The seed of the draws.")][Range(0, int.MaxValue)] int Seed = 0);
