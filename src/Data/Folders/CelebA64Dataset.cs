using Dfx.Data.Recipes;
using Dfx.Sdk;

namespace Dfx.Data.Folders;

/// <summary>Photographs of faces, RGB, 64x64: the centred 140x140 of CelebA's 202 599 aligned images, reduced by area; brought by the user.</summary>
[Dataset("celeba64", "CelebA, 64x64", Paper = "Liu, Luo, Wang, Tang, 2015")]
public sealed class CelebA64Dataset : IDataset, IPackedDataset
{
    Recipe IPackedDataset.Recipe => KnownRecipes.CelebA64;

    /// <inheritdoc/>
    public string Fingerprint(DataContext context) => PackedData.Fingerprint(KnownRecipes.CelebA64, context);

    /// <inheritdoc/>
    public IDataSource Open(DataContext context) => PackedData.Open(KnownRecipes.CelebA64, context);
}
