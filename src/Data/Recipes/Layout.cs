using Dfx.Data.Archives;
using Dfx.Sdk;

namespace Dfx.Data.Recipes;

/// <summary>Where images belong.</summary>
/// <param name="Places">A place for each image.</param>
/// <param name="Parts">What decided the parts, as the end of a sentence.</param>
/// <param name="LeftOut">Images that are in no part.</param>
internal sealed record Layout(IReadOnlyList<Place> Places, string Parts, IReadOnlyList<LeftOut> LeftOut);

/// <summary>Where an image belongs.</summary>
/// <param name="Split">Its part; null for none.</param>
/// <param name="Below">Its path from the folder of its class on.</param>
internal readonly record struct Place(Split? Split, string Below);
