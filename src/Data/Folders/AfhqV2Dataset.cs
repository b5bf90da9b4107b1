using Dfx.Data.Recipes;
using Dfx.Sdk;

namespace Dfx.Data.Folders;

/// <summary>15 803 photographs of cats, dogs and wild animals, RGB, 64x64 (AFHQ version 2), brought by the user.</summary>
[Dataset("afhqv2-64", "AFHQv2, 64x64", Paper = "Choi, Uh, Yoo, Ha, 2020")]
public sealed class AfhqV2Dataset : IDataset, IPackedDataset
{
    Recipe IPackedDataset.Recipe => KnownRecipes.AfhqV2;

    /// <inheritdoc/>
    public string Fingerprint(DataContext context) => PackedData.Fingerprint(KnownRecipes.AfhqV2, context);

    /// <inheritdoc/>
    public IDataSource Open(DataContext context) => PackedData.Open(KnownRecipes.AfhqV2, context);
}
