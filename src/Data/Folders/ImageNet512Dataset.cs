using Dfx.Data.Recipes;
using Dfx.Sdk;

namespace Dfx.Data.Folders;

/// <summary>ImageNet's 1000 classes (ILSVRC 2012), RGB, the largest centred square resized to 512x512 by area; brought by the user.</summary>
[Dataset("imagenet512", "ImageNet, 512x512", Paper = "Russakovsky et al., 2015")]
public sealed class ImageNet512Dataset : IDataset, IPackedDataset
{
    Recipe IPackedDataset.Recipe => KnownRecipes.ImageNet512;

    /// <inheritdoc/>
    public string Fingerprint(DataContext context) => PackedData.Fingerprint(KnownRecipes.ImageNet512, context);

    /// <inheritdoc/>
    public IDataSource Open(DataContext context) => PackedData.Open(KnownRecipes.ImageNet512, context);
}
