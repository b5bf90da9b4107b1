using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Data.Tasks;

/// <summary>The parameters of <see cref="ThickLineTask"/> and <see cref="MediumLineTask"/>.</summary>
/// <param name="Largest">The largest share of an image that strokes or boxes hide; a mask that hides more is drawn anew.</param>
public sealed record LineOptions(
    [Description(LineOptions.LargestWords)][Range(LineOptions.LeastLargest, LineOptions.MostLargest)] double Largest = LineOptions.MostLargest)
{
    internal const string LargestWords = "Largest share of an image that strokes or boxes hide; a mask that hides more is drawn anew.";

    /// <summary>The thinnest strokes and smallest boxes hide less than this of the smallest image, so that some mask fits.</summary>
    internal const double LeastLargest = 0.1;

    /// <summary>Published masks hide no more.</summary>
    internal const double MostLargest = 0.5;
}
