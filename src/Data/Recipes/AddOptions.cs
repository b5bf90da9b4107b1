using Dfx.Data.Packing;

namespace Dfx.Data.Recipes;

/// <summary>How a dataset is added.</summary>
/// <param name="AnyCount">Whether a number of images other than the published one is accepted.</param>
/// <param name="Threads">How many images are decoded at once; 0 for as many as there are processors.</param>
/// <param name="Watch">Told of the progress.</param>
/// <param name="Told">Told what is taken for what, before images are read.</param>
internal sealed record AddOptions(bool AnyCount = false, int Threads = 0, Action<PackStep>? Watch = null, Action<Intake>? Told = null);
