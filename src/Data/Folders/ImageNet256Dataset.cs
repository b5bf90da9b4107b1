using Dfx.Data.Recipes;
using Dfx.Sdk;

namespace Dfx.Data.Folders;

/// <summary>ImageNet's 1000 classes (ILSVRC 2012), RGB, the largest centred square resized to 256x256 by area; brought by the user.</summary>
[Dataset("imagenet256", "ImageNet, 256x256", Paper = "Russakovsky et al., 2015")]
public sealed class ImageNet256Dataset : IDataset, IPackedDataset
{
    Recipe IPackedDataset.Recipe => KnownRecipes.ImageNet256;

    /// <inheritdoc/>
    public string Fingerprint(DataContext context) => PackedData.Fingerprint(KnownRecipes.ImageNet256, context);

    /// <inheritdoc/>
    public IDataSource Open(DataContext context) => PackedData.Open(KnownRecipes.ImageNet256, context);
}
