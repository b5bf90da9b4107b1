using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Data.Tasks;

/// <summary>The parameters of <see cref="MixedTask"/>.</summary>
/// <param name="Known">The side of the known middle where all but the middle is hidden.</param>
/// <param name="Largest">The largest share of an image that strokes or boxes hide.</param>
public sealed record MixedOptions(
    [Description(ExpandOptions.KnownWords)] KnownSide Known = KnownSide.Quarter,
    [Description(LineOptions.LargestWords)][Range(LineOptions.LeastLargest, LineOptions.MostLargest)] double Largest = LineOptions.MostLargest);
