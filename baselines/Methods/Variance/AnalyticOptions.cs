using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="AnalyticMethod"/>.</summary>
/// <param name="Levels">The most noise levels that a number is estimated at; between them it is interpolated in ln sigma.</param>
public sealed record AnalyticOptions(
    [Description("The most noise levels that a number is estimated at; between them it is interpolated in ln sigma.")][Range(2, 100_000)] int Levels = 100);
