using Dfx.Data.Recipes;
using Dfx.Sdk;

namespace Dfx.Data.Folders;

/// <summary>30 000 photographs of faces, RGB, 256x256 (CelebA-HQ), brought by the user.</summary>
[Dataset("celebahq256", "CelebA-HQ, 256x256", Paper = "Karras, Aila, Laine, Lehtinen, 2018")]
public sealed class CelebAHq256Dataset : IDataset, IPackedDataset
{
    Recipe IPackedDataset.Recipe => KnownRecipes.CelebAHq256;

    /// <inheritdoc/>
    public string Fingerprint(DataContext context) => PackedData.Fingerprint(KnownRecipes.CelebAHq256, context);

    /// <inheritdoc/>
    public IDataSource Open(DataContext context) => PackedData.Open(KnownRecipes.CelebAHq256, context);
}
