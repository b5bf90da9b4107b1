using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Data.Folders;

/// <summary>The parameters of <see cref="ImagesDataset"/>.</summary>
/// <param name="Name">The name that the images were added by.</param>
/// <param name="Size">The side of the images in pixels; null leaves them as they are.</param>
/// <param name="Labels">Whether images have classes: of a dataset.json, or else their folders.</param>
/// <param name="Parts">What decides the parts.</param>
public sealed record ImagesOptions(
    [Description("The name that they were added by: dfx data add images PATH --name NAME.")] string Name = ImagesOptions.DefaultName,
    [Description("The side of the images in pixels: the largest centred square, resized by area; without it all must have one size.")][Range(1, 4096)] int? Size = null,
    [Description("Images have classes: those of a dataset.json (StyleGAN's and EDM's tools write it), or else their folders.")] bool Labels = false,
    [Description("What decides the parts: folders named train, test, val and the like, or a hash of each path alone, whatever folders are called.")] ImageParts Parts = ImageParts.Folders)
{
    internal const string DefaultName = "images";
}
