using Dfx.Data.Recipes;
using Dfx.Sdk;

namespace Dfx.Data.Cifar;

/// <summary>50 000 training and 10 000 test images in ten classes, RGB, 32x32 (Krizhevsky, 2009), brought by the user.</summary>
[Dataset("cifar10", "CIFAR-10", Paper = "Krizhevsky, 2009")]
public sealed class Cifar10Dataset : IDataset, IPackedDataset
{
    Recipe IPackedDataset.Recipe => KnownRecipes.Cifar10;

    /// <inheritdoc/>
    public string Fingerprint(DataContext context) => PackedData.Fingerprint(KnownRecipes.Cifar10, context);

    /// <inheritdoc/>
    public IDataSource Open(DataContext context) => PackedData.Open(KnownRecipes.Cifar10, context);
}
