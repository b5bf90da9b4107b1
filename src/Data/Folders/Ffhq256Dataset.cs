using Dfx.Data.Recipes;
using Dfx.Sdk;

namespace Dfx.Data.Folders;

/// <summary>70 000 photographs of faces, RGB, 256x256 (Flickr-Faces-HQ), brought by the user.</summary>
[Dataset("ffhq256", "FFHQ, 256x256", Paper = "Karras, Laine, Aila, 2019")]
public sealed class Ffhq256Dataset : IDataset, IPackedDataset
{
    Recipe IPackedDataset.Recipe => KnownRecipes.Ffhq256;

    /// <inheritdoc/>
    public string Fingerprint(DataContext context) => PackedData.Fingerprint(KnownRecipes.Ffhq256, context);

    /// <inheritdoc/>
    public IDataSource Open(DataContext context) => PackedData.Open(KnownRecipes.Ffhq256, context);
}
