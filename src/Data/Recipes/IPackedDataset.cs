namespace Dfx.Data.Recipes;

/// <summary>A dataset of a recipe: <see cref="PackedData"/> can be asked for it, and tells what is taken for what when it packs.</summary>
internal interface IPackedDataset
{
    /// <summary>How it is made.</summary>
    Recipe Recipe { get; }

    /// <summary>The classes that are taken; null for all.</summary>
    IReadOnlyList<string>? Chosen => null;
}
