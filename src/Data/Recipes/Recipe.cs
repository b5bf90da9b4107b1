using Dfx.Data.Archives;
using Dfx.Data.Packing;

namespace Dfx.Data.Recipes;

/// <summary>How a dataset is made of what is published: the one place that knows its files, its sizes and its labels.</summary>
/// <param name="Id">The dataset's id.</param>
/// <param name="Facts">What is done to the images, in words; recorded with them. Another text is another dataset.</param>
/// <param name="Remedy">How a user gets the dataset, as a sentence.</param>
internal sealed record Recipe(string Id, string Facts, string Remedy)
{
    /// <summary>Opens the published files. With the flag a number of images other than the published one is accepted.</summary>
    public required Func<ISourceFiles, bool, IPixelSource> Open { get; init; }

    /// <summary>Which files of an archive are needed.</summary>
    public Func<string, bool> Wanted { get; init; } = _ => true;

    /// <summary>Files beside a folder or an archive that are read with it.</summary>
    public Func<string, IEnumerable<string>> Beside { get; init; } = _ => [];

    /// <summary>Whether a hash decides the parts, so that any folder can be a class.</summary>
    public bool PartsByHash { get; init; }

    /// <summary>The name of its packed file in the data folder, without the extension.</summary>
    public string Name { get; init; } = Id;
}
