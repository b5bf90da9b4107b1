using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="P2Method"/>; the paper's defaults.</summary>
/// <param name="Gamma">How far small noise levels are weighted down; 0 for the plain loss.</param>
/// <param name="K">Keeps the weight of the smallest noise levels from vanishing.</param>
/// <param name="Steps">T, the number of noise levels.</param>
/// <param name="Schedule">Their betas.</param>
public sealed record P2Options(
    [Description("How far small noise levels are weighted down; 0 for the plain loss.")][Range(0, 10)] double Gamma = 1,
    [Description("Keeps the weight of the smallest noise levels from vanishing.")][Range(1e-6, 1e6)] double K = 1,
    [Description("T, the number of noise levels.")][Range(DdpmSchedules.FewestSteps, 100_000)] int Steps = 1000,
    [Description("Betas: linear (1e-4 to 0.02, times 1000 / T), unscaled-linear or cosine.")] DdpmSchedule Schedule = DdpmSchedule.Linear);
