using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="SoftTruncationMethod"/>.</summary>
/// <param name="K">The density of the shortest time is proportional to its power -K.</param>
/// <param name="TimeMin">The least shortest time.</param>
/// <param name="Likelihood">Whether the loss has the weights of the likelihood, with times drawn by importance.</param>
public sealed record SoftTruncationOptions(
    [Description("The density of a batch's shortest time is proportional to its power -k.")][Range(0, 10)] double K = 1,
    [Description("The least shortest time.")][Range(1e-8, 0.5)] double TimeMin = 1e-5,
    [Description("Weights of the likelihood, with times drawn by importance, instead of the plain error of the noise.")] bool Likelihood = false);
